import type { Deps } from '../context.js';
import { findIdsBySlugs } from './product.store.js';

/** The ids of products and their variants, by slug and by SKU. */
export function seededIds(
  deps: Deps,
  slugs: readonly string[],
): Promise<{ productIds: [string, string][]; variantIds: [string, string][] }> {
  return findIdsBySlugs(deps.prisma, slugs);
}
