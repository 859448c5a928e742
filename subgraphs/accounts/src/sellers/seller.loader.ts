import type { Page } from '@storegraph/connection';
import { loadOne } from '@storegraph/subgraph-server';
import type { SellerStatus } from './seller.js';
import {
  countSellers,
  findSellers,
  findSellersByIds,
  findSellersByOwners,
  findSellersBySlugs,
  type Database,
} from './seller.store.js';

export function createSellerLoaders(db: Database) {
  return {
    seller: loadOne(
      (ids) => findSellersByIds(db, ids),
      (seller) => seller.id,
    ),
    sellerBySlug: loadOne(
      (slugs) => findSellersBySlugs(db, slugs),
      (seller) => seller.slug,
    ),
    sellerOfOwner: loadOne(
      (ownerIds) => findSellersByOwners(db, ownerIds),
      (seller) => seller.ownerId,
    ),
    sellers: (status: SellerStatus | null, page: Page) => findSellers(db, status, page),
    sellerCount: (status: SellerStatus | null) => countSellers(db, status),
  };
}
