import { loadOne } from '@storegraph/subgraph-server';
import {
  findRatingsByProducts,
  findRatingsBySellers,
  findSellersOfProducts,
  type Database,
} from './rating.store.js';

export function createRatingLoaders(db: Database) {
  const rated = loadOne(
    (ids) => findRatingsByProducts(db, ids),
    ({ productId }) => productId,
  );
  const soldBy = loadOne(
    (ids) => findSellersOfProducts(db, ids),
    ({ productId }) => productId,
  );
  const ratedSellers = loadOne(
    (ids) => findRatingsBySellers(db, ids),
    ({ sellerId }) => sellerId,
  );
  return {
    ratingOfProduct: { load: async (id: string) => (await rated.load(id))?.rating ?? null },
    ratingOfSeller: { load: async (id: string) => (await ratedSellers.load(id))?.rating ?? null },
    /** Whether catalog has told of the product. */
    isKnownProduct: { load: async (id: string) => (await soldBy.load(id)) !== null },
    sellerOfProduct: { load: async (id: string) => (await soldBy.load(id))?.sellerId ?? null },
  };
}
