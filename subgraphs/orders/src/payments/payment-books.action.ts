import type { Transaction } from '../context.js';
import { isCaptured, statusOfCaptured, type Payment } from './payment.js';
import {
  addToRefunded,
  findPaymentOfIntent,
  findPaymentsByOrders,
  insertPayments,
  updatePayment,
} from './payment.store.js';

/** All attempts to pay an order, oldest first. */
export function paymentsOf(tx: Transaction, orderId: string): Promise<Payment[]> {
  return findPaymentsByOrders(tx, [orderId]);
}

/** The attempt an intent of the provider belongs to. */
export function findIntentPayment(
  tx: Transaction,
  intent: { provider: string; intentId: string },
): Promise<Payment | null> {
  return findPaymentOfIntent(tx, { ...intent, paymentId: null });
}

/** Writes attempts down, before the provider hears of them. */
export function bookPayments(tx: Transaction, payments: readonly Payment[]): Promise<void> {
  return insertPayments(tx, payments);
}

/** Counts money on its way back, or, negative, money that did not go back after all. Never more than was captured. */
export function countRefund(
  tx: Transaction,
  payment: Pick<Payment, 'id'>,
  change: { byMinor: bigint; now: Date },
): Promise<void> {
  return addToRefunded(tx, payment.id, { byMinor: change.byMinor, updatedAt: change.now });
}

/** Shows how much of a captured payment has gone back for good. */
export async function showRefunded(
  tx: Transaction,
  payment: Payment,
  change: { refundedMinor: bigint; now: Date },
): Promise<Payment> {
  if (!isCaptured(payment.status)) return payment;
  const { refundedMinor, now } = change;
  const status = statusOfCaptured({ capturedMinor: payment.capturedMinor, refundedMinor });
  return updatePayment(tx, payment.id, { status, updatedAt: now });
}

/** What was captured for an order and is not back or on its way back, by the payment that has most of it left. */
export function refundable(
  payments: readonly Payment[],
): { payment: Payment; remainingMinor: bigint } | null {
  const [most] = payments
    .filter(({ status }) => isCaptured(status))
    .map((payment) => ({ payment, remainingMinor: payment.capturedMinor - payment.refundedMinor }))
    .sort((left, right) => (left.remainingMinor > right.remainingMinor ? -1 : 1));
  return most ?? null;
}
