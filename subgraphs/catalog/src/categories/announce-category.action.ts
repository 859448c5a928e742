import { categorySaved, publish } from '@storegraph/events';
import type { Transaction } from '../context.js';

/** Tells that a category is new, different or elsewhere, within the transaction that made it so. */
export function announceCategory(tx: Transaction, categoryId: string): Promise<void> {
  return publish(tx, categorySaved({ aggregateId: categoryId, data: { categoryId } }));
}
