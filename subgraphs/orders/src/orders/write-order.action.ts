import type { Transaction } from '../context.js';
import { insertOrders, nextOrderCounter, type NewOrder } from './order.store.js';

/** The next number of the shop's order counter. */
export function nextCounter(tx: Transaction): Promise<bigint> {
  return nextOrderCounter(tx);
}

/** Writes a new order down, with its lines and the beginning of its history. */
export function writeOrder(tx: Transaction, order: NewOrder): Promise<void> {
  return insertOrders(tx, [order]);
}
