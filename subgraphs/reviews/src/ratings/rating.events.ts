import { on, productSaved } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { learnSeller } from './learn-seller.action.js';

/** Saved products tell who sells them, so that sellers can answer and have a rating. Publishes: `rating.changed`. */
export const ratingHandlers = [
  on(productSaved, async ({ data, occurredAt }, tx: Transaction) =>
    learnSeller(tx, { productId: data.productId, sellerId: data.sellerId, now: new Date(occurredAt) }),
  ),
];
