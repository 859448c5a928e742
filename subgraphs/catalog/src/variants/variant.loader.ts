import type { Page } from '@storegraph/connection';
import { loadByArguments, loadMany, loadOne } from '@storegraph/subgraph-server';
import { findVariantPages, findVariantsByIds, findVariantsBySkus, type Database } from './variant.store.js';

export function createVariantLoaders(db: Database) {
  return {
    variant: loadOne(
      (ids) => findVariantsByIds(db, ids),
      (variant) => variant.id,
    ),
    variantBySku: loadOne(
      (skus) => findVariantsBySkus(db, skus),
      (variant) => variant.sku,
    ),
    variantsOfProduct: loadByArguments((page: Page) =>
      loadMany(
        (productIds) => findVariantPages(db, productIds, page),
        (variant) => variant.productId,
      ),
    ),
  };
}
