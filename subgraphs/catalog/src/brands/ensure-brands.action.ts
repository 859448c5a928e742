import { brandSaved, publish } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import { findBrandsBySlugs, insertBrands } from './brand.store.js';

/** Makes sure brands with these slugs exist; answers the id of each. Two who ensure the same brand get the same one. */
export async function ensureBrands(
  tx: Transaction,
  brands: readonly { slug: string; name: string; description?: string | null }[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const slugs = brands.map(({ slug }) => slug);
  const known = new Set((await findBrandsBySlugs(tx, slugs)).map(({ slug }) => slug));
  const missing = brands.filter(({ slug }) => !known.has(slug));
  const added = missing.map(({ slug, name, description = null }) => ({
    id: newId('brand'),
    slug,
    name,
    description,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }));
  await insertBrands(tx, added);
  await publish(
    tx,
    ...added.map(({ id: brandId }) => brandSaved({ aggregateId: brandId, data: { brandId } })),
  );
  return new Map((await findBrandsBySlugs(tx, slugs)).map(({ slug, id }) => [slug, id]));
}
