import { on, orderPaid, ratingChanged, sellerDecided, stockChanged } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { followRating, followSales, followSeller, followStock } from './follow-news.action.js';

/** Keeps the copies that lists sort and filter by: stock, rating, sales, and which sellers may sell. Publishes nothing. */
export const productHandlers = [
  on(stockChanged, ({ data, occurredAt }, tx: Transaction) =>
    followStock(tx, {
      variantId: data.variantId,
      sellable: data.sellable,
      inStock: data.inStock,
      asOf: new Date(occurredAt),
    }),
  ),
  on(ratingChanged, ({ data, occurredAt }, tx: Transaction) =>
    followRating(tx, {
      productId: data.productId,
      average: data.count === 0 ? null : data.average,
      bayesian: data.count === 0 ? 0 : data.bayesian,
      asOf: new Date(occurredAt),
    }),
  ),
  on(orderPaid, ({ data, occurredAt }, tx: Transaction) =>
    followSales(tx, {
      lines: data.lines.map(({ productId, quantity }) => ({ productId, quantity })),
      at: new Date(occurredAt),
    }),
  ),
  on(sellerDecided, ({ data, occurredAt }, tx: Transaction) =>
    followSeller(tx, {
      sellerId: data.sellerId,
      isSuspended: data.status === 'SUSPENDED',
      asOf: new Date(occurredAt),
    }),
  ),
];
