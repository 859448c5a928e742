import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { returnCoupons } from '../coupons/redeem-coupon.action.js';
import { advanceOrder, linesOf, showPayment, takeOrder } from '../orders/advance-order.action.js';
import { findOrderById } from '../orders/find-orders.action.js';
import { OrderStatus } from '../orders/order-lifecycle.js';
import { cancelled, paid } from '../orders/order.events.js';
import type { Order } from '../orders/order.js';
import { secureStock } from '../orders/secure-stock.action.js';
import { openRefund } from '../refunds/open-refund.action.js';
import { sendRefund } from '../refunds/send-refund.action.js';
import { inTransaction } from '../transaction.js';
import { paymentsOf } from './payment-books.action.js';
import {
  isCaptured,
  PaymentStatus,
  paymentStatusOfOrder,
  type IntentState,
  type Payment,
} from './payment.js';
import { findPayment, findPaymentOfIntent, insertPayments, updatePayment } from './payment.store.js';

/**
 * What the provider's word came to. `paid`: the money is here and the order is served. `open`: it may still be paid.
 * `given-back`: the money came for an order that can no longer be served, and is on its way back.
 */
export type SettlePaymentOutcome =
  | { kind: 'paid' | 'open'; order: Order; payment: Payment }
  | { kind: 'given-back'; order: Order; payment: Payment; refundId: string }
  | { kind: 'unknown' };

const TOO_LATE = 'The payment came after the last of it was sold; the money goes back.';

/**
 * Takes the provider's word on a payment, whoever brought it: its answer, a webhook or the reconciler, in any order
 * and any number of times. Money is counted once. The first to bring it sells the held stock and makes the order paid;
 * when that is no longer possible the money goes back by itself.
 */
export async function settlePayment(deps: Deps, state: IntentState): Promise<SettlePaymentOutcome> {
  const outcome = await inTransaction(deps.prisma, (tx) => settle(deps, tx, state));
  if (outcome.kind === 'given-back') await sendRefund(deps, outcome.refundId);
  return outcome;
}

async function settle(deps: Deps, tx: Transaction, state: IntentState): Promise<SettlePaymentOutcome> {
  const now = deps.now();
  const provider = deps.provider.name;
  const known = await findPaymentOfIntent(tx, { provider, ...state });
  if (known && isCaptured(known.status) && known.intentId === state.intentId) return saidBefore(tx, known);
  const order = known && (await takeOrder(tx, known.orderId));
  const current = known && (await findPayment(tx, known.id));
  if (!order || !current) return { kind: 'unknown' };
  const isStray = current.intentId !== null && current.intentId !== state.intentId;
  if (isStray && state.status !== PaymentStatus.CAPTURED) return { kind: 'unknown' };
  const payment = isStray ? await bookStray(tx, current, { state, now }) : current;

  if (isCaptured(payment.status)) return { kind: 'paid', order, payment };
  const written = await updatePayment(tx, payment.id, {
    intentId: state.intentId,
    clientSecret: state.clientSecret ?? payment.clientSecret,
    approvalUrl: state.approvalUrl,
    status: state.status,
    capturedMinor: state.status === PaymentStatus.CAPTURED ? state.receivedMinor : 0n,
    declineCode: state.declineCode,
    errorMessage: state.errorMessage,
    checkedAt: now,
    updatedAt: now,
  });
  if (state.status === PaymentStatus.CAPTURED) return receive(tx, order, { payment: written, now });
  const paymentStatus = paymentStatusOfOrder(await paymentsOf(tx, order.id));
  return { kind: 'open', order: await showPayment(tx, order, { paymentStatus, now }), payment: written };
}

/** Money that was counted stays counted: nobody has to take turns to hear that again. */
async function saidBefore(tx: Transaction, payment: Payment): Promise<SettlePaymentOutcome> {
  const order = await findOrderById(tx, payment.orderId);
  return order ? { kind: 'paid', order, payment } : { kind: 'unknown' };
}

/** The money is here: serve the order, or give it back. */
async function receive(
  tx: Transaction,
  order: Order,
  { payment, now }: { payment: Payment; now: Date },
): Promise<SettlePaymentOutcome> {
  const isAwaited = order.status === OrderStatus.PENDING || order.status === OrderStatus.AWAITING_PAYMENT;
  const isEnough = payment.capturedMinor >= order.totalMinor && payment.currency === order.currency;
  if (!isAwaited || !isEnough) return giveBack(tx, order, { payment, reason: 'Not owed any more.', now });

  const served = await secureStock(tx, order, now);
  const lines = await linesOf(tx, order.id);
  if (served) {
    const moved = await advanceOrder(tx, served, {
      to: OrderStatus.PAID,
      paymentStatus: payment.status,
      now,
      announce: (order) => [paid(order, lines)],
    });
    if (moved.kind === 'illegal')
      throw new Error(`order ${order.id} is paid but may not be: ${moved.reason}`);
    return { kind: 'paid', order: moved.order, payment };
  }
  await returnCoupons(tx, order.id);
  const moved = await advanceOrder(tx, order, {
    to: OrderStatus.CANCELLED,
    paymentStatus: payment.status,
    notes: TOO_LATE,
    now,
    announce: (order) => [cancelled(order, lines, TOO_LATE)],
  });
  if (moved.kind === 'illegal') throw new Error(`order ${order.id} cannot be cancelled: ${moved.reason}`);
  return giveBack(tx, moved.order, { payment, reason: TOO_LATE, now });
}

async function giveBack(
  tx: Transaction,
  order: Order,
  { payment, reason, now }: { payment: Payment; reason: string; now: Date },
): Promise<SettlePaymentOutcome> {
  const refund = await openRefund(tx, {
    payment,
    amountMinor: payment.capturedMinor,
    reason,
    idempotencyKey: `give-back:${payment.id}`,
    now,
  });
  const paymentStatus = paymentStatusOfOrder(await paymentsOf(tx, order.id));
  const shown = await showPayment(tx, order, { paymentStatus, now });
  return { kind: 'given-back', order: shown, payment, refundId: refund.id };
}

/** Money on an intent the provider said it had not made: it is written down like any other, and goes back. */
async function bookStray(
  tx: Transaction,
  payment: Payment,
  { state, now }: { state: IntentState; now: Date },
): Promise<Payment> {
  const attempts = (await paymentsOf(tx, payment.orderId)).map(({ attempt }) => attempt);
  const stray: Payment = {
    ...payment,
    id: newId('payment'),
    attempt: Math.max(...attempts) + 1,
    intentId: state.intentId,
    status: PaymentStatus.PENDING,
    capturedMinor: 0n,
    refundedMinor: 0n,
    createdAt: now,
    updatedAt: now,
  };
  await insertPayments(tx, [stray]);
  return stray;
}
