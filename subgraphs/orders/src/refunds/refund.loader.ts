import { loadMany } from '@storegraph/subgraph-server';
import { findLinesByRefunds, findRefundsByOrders, type Database } from './refund.store.js';

export function createRefundLoaders(db: Database) {
  return {
    refundsOfOrder: loadMany(
      (ids) => findRefundsByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
    linesOfRefund: loadMany(
      (ids) => findLinesByRefunds(db, ids),
      ({ refundId }) => refundId,
    ),
  };
}
