import { loadOne } from '@storegraph/subgraph-server';
import {
  findProductsByIds,
  findProductsBySlugs,
  findTextsByProducts,
  type Database,
} from './product.store.js';

export function createProductLoaders(db: Database) {
  return {
    /** A product whatever its state; whoever shows it asks `mayFind` or `mayFollow` first. */
    product: loadOne(
      (ids) => findProductsByIds(db, ids),
      (product) => product.id,
    ),
    productBySlug: loadOne(
      (slugs) => findProductsBySlugs(db, slugs),
      (product) => product.slug,
    ),
    textOfProduct: loadOne(
      (ids) => findTextsByProducts(db, ids),
      (text) => text.id,
    ),
  };
}
