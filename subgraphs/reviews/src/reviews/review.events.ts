import { on, orderPaid } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { recordPurchases } from './record-purchases.action.js';

/** Paid orders tell who bought what, which makes their reviews verified. Publishes: `review.published`. */
export const reviewHandlers = [
  on(orderPaid, async (event, tx: Transaction) => {
    const { customerId, orderId, lines } = event.data;
    if (!customerId) return;
    await recordPurchases(tx, {
      customerId,
      orderId,
      productIds: lines.map((line) => line.productId),
      at: new Date(event.occurredAt),
    });
  }),
];
