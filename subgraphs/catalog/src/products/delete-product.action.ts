import { productDeleted, publish } from '@storegraph/events';
import type { Deps } from '../context.js';
import { ProductStatus } from './product.js';
import { archiveProduct } from './product-writing.store.js';
import { lockAggregates } from './write-products.action.js';

export type DeleteProductOutcome =
  | { kind: 'deleted'; productId: string }
  | { kind: 'not-found' }
  | { kind: 'conflict'; currentVersion: number };

/**
 * Takes a product out of the shop: it is archived, and announced as deleted. Orders, reviews and links made of it
 * still show it; deleting it again changes nothing.
 */
export async function deleteProduct(
  deps: Deps,
  input: { productId: string; expectedVersion: number | null },
): Promise<DeleteProductOutcome> {
  const { productId, expectedVersion } = input;
  return deps.prisma.$transaction(async (tx) => {
    const [before] = await lockAggregates(tx, [productId]);
    if (!before) return { kind: 'not-found' };
    const { version, status } = before.record;
    if (expectedVersion !== null && expectedVersion !== version)
      return { kind: 'conflict', currentVersion: version };
    if (status === ProductStatus.ARCHIVED) return { kind: 'deleted', productId };
    await archiveProduct(tx, productId, deps.now());
    const variantIds = before.variants.map(({ id }) => id);
    await publish(tx, productDeleted({ aggregateId: productId, data: { productId, variantIds } }));
    return { kind: 'deleted', productId };
  });
}
