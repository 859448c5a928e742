import { imageRecorded, inventoryImported, type DomainEvent } from '@storegraph/events';
import type { PlannedProduct } from './import-plan.js';
import type { ImportedProduct } from './imported-product.js';

/**
 * What other domains learn from a file about a product, beside the product itself: what is in stock and where its
 * pictures are. Both are announced per product, whose writers take turns, so that the later file wins.
 */
export function fileNewsOf(plan: PlannedProduct, { images }: ImportedProduct): DomainEvent[] {
  const { id: productId } = plan.change.record;
  const rows = plan.variants.map(({ variant, imported }) => ({
    variantId: variant.id,
    sku: variant.sku,
    quantity: imported.inventory.quantity,
    policy: imported.inventory.tracked ? imported.inventory.policy : ('continue' as const),
  }));
  return [
    ...(plan.isInventoryNew ? [inventoryImported({ aggregateId: productId, data: { rows } })] : []),
    ...(plan.areImagesNew ? [imageRecorded({ aggregateId: productId, data: { productId, images } })] : []),
  ];
}
