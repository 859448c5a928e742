import { loadMany } from '@storegraph/subgraph-server';
import { findPricesByVariants, type Database } from './price.store.js';

export function createPriceLoaders(db: Database) {
  return {
    /** Prices beside a variant's own: other currencies, larger quantities. */
    pricesOfVariant: loadMany(
      (variantIds) => findPricesByVariants(db, variantIds),
      (row) => row.variantId,
    ),
  };
}
