import { publish, reviewChanged } from '@storegraph/events';
import type { Transaction } from '../context.js';
import type { Review } from './review.js';

/** Tells that readers see something else of a published review, within the transaction that made it so. */
export function announceReview(tx: Transaction, { id: reviewId, productId }: Review): Promise<void> {
  return publish(tx, reviewChanged({ aggregateId: reviewId, data: { reviewId, productId } }));
}
