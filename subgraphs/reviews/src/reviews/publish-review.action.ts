import { publish, reviewPublished } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { countRating } from '../ratings/count-rating.action.js';
import type { Review } from './review.js';

/** What follows from a review becoming public, within the transaction that makes it so. */
export async function publishReview(tx: Transaction, review: Review, now: Date): Promise<void> {
  await countRating(tx, { productId: review.productId, rating: review.rating, by: 1, now });
  const { id: reviewId, productId, authorId, rating } = review;
  await publish(
    tx,
    reviewPublished({ aggregateId: productId, data: { reviewId, productId, authorId, rating } }),
  );
}
