import type { Page } from '@storegraph/connection';
import { loadOne } from '@storegraph/subgraph-server';
import { findBrands, findBrandsByIds, findBrandsBySlugs, type Database } from './brand.store.js';

export function createBrandLoaders(db: Database) {
  return {
    brand: loadOne(
      (ids) => findBrandsByIds(db, ids),
      (brand) => brand.id,
    ),
    brandBySlug: loadOne(
      (slugs) => findBrandsBySlugs(db, slugs),
      (brand) => brand.slug,
    ),
    brands: { load: (page: Page) => findBrands(db, page) },
  };
}
