import { loadMany } from '@storegraph/subgraph-server';
import { findPaymentsByOrders, type Database } from './payment.store.js';

export function createPaymentLoaders(db: Database) {
  return {
    paymentsOfOrder: loadMany(
      (ids) => findPaymentsByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
  };
}
