import type { Transaction } from '../context.js';
import { insertPurchases } from './review.store.js';

/** Remembers what a customer has paid for, and marks what they had already written about it as verified. */
export async function recordPurchases(
  tx: Transaction,
  order: { customerId: string; orderId: string; productIds: readonly string[]; at: Date },
): Promise<void> {
  const productIds = [...new Set(order.productIds)];
  await insertPurchases(tx, { ...order, productIds });
}
