import type { Page } from '@storegraph/connection';
import { hasScopes, type Viewer } from '@storegraph/identity';
import { loadByArguments, loadMany, loadOne } from '@storegraph/subgraph-server';
import { mayRead } from './review.js';
import {
  countPublishedByAuthors,
  findPublishedByAuthors,
  findPublishedByProducts,
  findReviewsByIds,
  type Database,
  type ReviewList,
} from './review.store.js';

export function createReviewLoaders(db: Database, viewer: Viewer) {
  const reader = {
    id: viewer.kind === 'user' ? viewer.id : null,
    isModerator: hasScopes(viewer, [['review:moderate']]),
  };
  return {
    /** A review the viewer may read. */
    review: loadOne(
      async (ids) => (await findReviewsByIds(db, ids)).filter((review) => mayRead(review, reader)),
      (review) => review.id,
    ),
    reviewsOfProduct: loadByArguments((list: ReviewList) =>
      loadMany(
        (ids) => findPublishedByProducts(db, ids, list),
        (review) => review.productId,
      ),
    ),
    reviewsOfAuthor: loadByArguments((page: Page) =>
      loadMany(
        (ids) => findPublishedByAuthors(db, ids, page),
        (review) => review.authorId,
      ),
    ),
    reviewCountOfAuthor: loadOne(
      (ids) => countPublishedByAuthors(db, ids),
      ({ authorId }) => authorId,
    ),
  };
}
