import type { Deps, Transaction } from '../context.js';
import { advanceOrder, factsOf, linesOf, showPayment, takeOrder } from '../orders/advance-order.action.js';
import { countReturned } from '../orders/count-lines.action.js';
import { statusAfterRefund } from '../orders/order-lifecycle.js';
import { refunded } from '../orders/order.events.js';
import type { Order } from '../orders/order.js';
import { countRefund, paymentsOf, showRefunded } from '../payments/payment-books.action.js';
import { paymentStatusOfOrder, type RefundState } from '../payments/payment.js';
import { restock } from '../stock/restock.action.js';
import { inTransaction } from '../transaction.js';
import { RefundStatus, type Refund } from './refund.js';
import {
  findLinesByRefunds,
  findRefund,
  findRefundByProviderId,
  findRefundsByOrders,
  updateRefund,
} from './refund.store.js';

/**
 * Takes the provider's word on a refund, whoever brought it: its answer, a webhook or the reconciler, in any order and
 * any number of times. When the money has gone back: the payment and the order show it, what was to be restocked is,
 * `order.refunded` is announced; each once. When it has not, it counts as captured again.
 *
 * @returns the refund as it is now, or `null` when it is none of ours
 */
export function settleRefund(deps: Deps, state: RefundState): Promise<Refund | null> {
  const now = deps.now();
  return inTransaction(deps.prisma, async (tx) => {
    const known =
      (state.providerRefundId ? await findRefundByProviderId(tx, state.providerRefundId) : null) ??
      (state.refundId ? await findRefund(tx, state.refundId) : null);
    if (!known) return null;
    const order = await takeOrder(tx, known.orderId);
    const refund = await findRefund(tx, known.id);
    if (!order || !refund || refund.status === RefundStatus.FAILED || refund.status === state.status)
      return refund && keepProviderId(tx, refund, { state, now });
    const { providerRefundId, errorMessage } = state;
    if (state.status === 'PENDING') return refund;
    const change = { status: RefundStatus[state.status], providerRefundId, errorMessage, updatedAt: now };
    const settled = await updateRefund(tx, refund.id, change);
    if (settled.status === RefundStatus.SUCCEEDED) await giveBack(tx, order, { refund: settled, now });
    else await takeBack(tx, order, { refund: settled, now });
    return settled;
  });
}

async function keepProviderId(
  tx: Transaction,
  refund: Refund,
  { state, now }: { state: RefundState; now: Date },
): Promise<Refund> {
  if (refund.providerRefundId !== null) return refund;
  return updateRefund(tx, refund.id, { providerRefundId: state.providerRefundId, updatedAt: now });
}

async function giveBack(
  tx: Transaction,
  order: Order,
  { refund, now }: { refund: Refund; now: Date },
): Promise<void> {
  const paymentStatus = await showMoney(tx, refund, now);
  const [refundLines, orderLines] = [await findLinesByRefunds(tx, [refund.id]), await linesOf(tx, order.id)];
  const returned = refundLines.flatMap(({ orderLineId, quantity, restocked }) => {
    const orderLine = orderLines.find(({ id }) => id === orderLineId);
    return orderLine ? [{ orderLine, quantity, restocked }] : [];
  });
  await advanceOrder(tx, order, {
    to: statusAfterRefund(await factsOf(tx, order)),
    paymentStatus,
    notes: 'Money has gone back.',
    byId: refund.requestedById,
    now,
    announce: (moved) => [refunded(moved, { ...refund, lines: returned })],
  });
  const back = returned.filter(({ restocked }) => restocked);
  if (back.length === 0 || order.reservationId === null) return;
  await restock(tx, {
    reservationId: order.reservationId,
    lines: back.map(({ orderLine, quantity }) => ({ variantId: orderLine.variantId, quantity })),
    reason: refund.reason,
    reference: order.id,
    byId: refund.requestedById,
    now,
  });
}

/** The order keeps its status: it never goes backwards. The money can be refunded another way. */
async function takeBack(
  tx: Transaction,
  order: Order,
  { refund, now }: { refund: Refund; now: Date },
): Promise<void> {
  await countRefund(tx, { id: refund.paymentId }, { byMinor: -refund.amountMinor, now });
  const lines = await findLinesByRefunds(tx, [refund.id]);
  await countReturned(
    tx,
    lines.map(({ orderLineId, quantity }) => ({ orderLineId, quantity: -quantity })),
  );
  const paymentStatus = await showMoney(tx, refund, now);
  const shown = await showPayment(tx, order, { paymentStatus, now });
  await advanceOrder(tx, shown, {
    to: order.status,
    notes: 'The bank did not take the money back; it has to be refunded another way.',
    now,
  });
}

async function showMoney(tx: Transaction, refund: Refund, now: Date) {
  const refunds = await findRefundsByOrders(tx, [refund.orderId]);
  const payments = await paymentsOf(tx, refund.orderId);
  const shown = [];
  for (const payment of payments) {
    const refundedMinor = refunds
      .filter(({ paymentId, status }) => paymentId === payment.id && status === RefundStatus.SUCCEEDED)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const isConcerned = payment.id === refund.paymentId;
    shown.push(isConcerned ? await showRefunded(tx, payment, { refundedMinor, now }) : payment);
  }
  return paymentStatusOfOrder(shown);
}
