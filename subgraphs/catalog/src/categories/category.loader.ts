import { loadMany, loadOne } from '@storegraph/subgraph-server';
import {
  countProducts,
  findAncestors,
  findCategoriesByIds,
  findCategoriesBySlugs,
  findChildren,
  findSubtrees,
  findTree,
  type Database,
} from './category.store.js';

export function createCategoryLoaders(db: Database) {
  return {
    category: loadOne(
      (ids) => findCategoriesByIds(db, ids),
      (category) => category.id,
    ),
    categoryBySlug: loadOne(
      (slugs) => findCategoriesBySlugs(db, slugs),
      (category) => category.slug,
    ),
    childrenOfCategory: loadMany(
      (ids) => findChildren(db, ids),
      (category) => category.parentId ?? '',
    ),
    ancestorsOfCategory: loadMany(
      (ids) => findAncestors(db, ids),
      ({ descendantId }) => descendantId,
    ),
    productCountOfCategory: loadOne(
      (ids) => countProducts(db, ids),
      ({ categoryId }) => categoryId,
    ),
    subtreeOfCategory: loadMany(
      (ids) => findSubtrees(db, ids),
      ({ ancestorId }) => ancestorId,
    ),
    categoryTree: { load: (maxDepth: number) => findTree(db, maxDepth) },
  };
}
