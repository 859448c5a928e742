import { loadMany } from '@storegraph/subgraph-server';
import { findOptionsByProducts, type Database } from './option.store.js';

export function createOptionLoaders(db: Database) {
  return {
    /** Everything that can be chosen of a product: what tells its variants apart, and its customizations. */
    optionsOfProduct: loadMany(
      (productIds) => findOptionsByProducts(db, productIds),
      (option) => option.productId,
    ),
  };
}
