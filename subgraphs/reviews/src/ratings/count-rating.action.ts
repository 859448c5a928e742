import { publish, ratingChanged } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { addStars } from './rating.store.js';

/** Counts a review into (or out of) its product's rating and announces the rating that results. */
export async function countRating(
  tx: Transaction,
  change: { productId: string; rating: number; by: 1 | -1; now: Date },
): Promise<void> {
  const { average, count, bayesian } = await addStars(tx, change);
  const { productId } = change;
  await publish(tx, ratingChanged({ aggregateId: productId, data: { productId, average, count, bayesian } }));
}
