import type { Deps, Transaction } from '../context.js';
import { returnCoupons } from '../coupons/redeem-coupon.action.js';
import { paymentsOf, refundable } from '../payments/payment-books.action.js';
import { settlePayment } from '../payments/settle-payment.action.js';
import { openRefund } from '../refunds/open-refund.action.js';
import { sendRefund } from '../refunds/send-refund.action.js';
import { restock } from '../stock/restock.action.js';
import { releaseReservation } from '../stock/settle-reservation.action.js';
import { inTransaction } from '../transaction.js';
import { advanceOrder, linesOf, takeOrder } from './advance-order.action.js';
import { OrderStatus } from './order-lifecycle.js';
import { cancelled } from './order.events.js';
import type { Order } from './order.js';

export type CancelOrderOutcome =
  | { kind: 'cancelled'; order: Order }
  | { kind: 'illegal'; from: OrderStatus; allowed: OrderStatus[]; reason: string }
  | { kind: 'not-found' };

/**
 * Cancels an order before anything of it has been sent: its stock and coupons come back, what was paid goes back, each
 * once. Cancelling a cancelled order changes nothing and succeeds.
 *
 * @param input.onlyUnpaid leaves an order alone that was paid in the meantime
 */
export async function cancelOrder(
  deps: Deps,
  input: { orderId: string; reason: string | null; byId: string | null; onlyUnpaid?: boolean },
): Promise<CancelOrderOutcome> {
  const now = deps.now();
  const done = await inTransaction(deps.prisma, (tx) => cancel(tx, input, now));
  if (done.refundId) await sendRefund(deps, done.refundId);
  if (done.outcome.kind === 'cancelled') await closeIntents(deps, input.orderId);
  return done.outcome;
}

async function cancel(
  tx: Transaction,
  input: { orderId: string; reason: string | null; byId: string | null; onlyUnpaid?: boolean },
  now: Date,
): Promise<{ outcome: CancelOrderOutcome; refundId?: string }> {
  const order = await takeOrder(tx, input.orderId);
  if (!order) return { outcome: { kind: 'not-found' } };
  if (order.status === OrderStatus.CANCELLED) return { outcome: { kind: 'cancelled', order } };
  const isUnpaid = order.status === OrderStatus.PENDING || order.status === OrderStatus.AWAITING_PAYMENT;
  if (input.onlyUnpaid && !isUnpaid)
    return { outcome: { kind: 'illegal', from: order.status, allowed: [], reason: 'It was paid.' } };
  const { reason, byId } = input;
  const lines = await linesOf(tx, order.id);
  const moved = await advanceOrder(tx, order, {
    to: OrderStatus.CANCELLED,
    notes: reason,
    byId,
    now,
    announce: (order) => [cancelled(order, lines, reason)],
  });
  if (moved.kind === 'illegal') return { outcome: moved };

  await returnCoupons(tx, order.id);
  const { reservationId } = order;
  if (reservationId) {
    const released = await releaseReservation(tx, { reservationId, orderId: order.id, reason, now });
    const sold = lines
      .map(({ variantId, quantity, refundedQuantity }) => ({
        variantId,
        quantity: quantity - refundedQuantity,
      }))
      .filter(({ quantity }) => quantity > 0);
    if (released.kind === 'already' && !isUnpaid)
      await restock(tx, { reservationId, lines: sold, reason, reference: order.id, byId, now });
  }
  const owed = refundable(await paymentsOf(tx, order.id));
  if (!owed || owed.remainingMinor === 0n) return { outcome: { kind: 'cancelled', order: moved.order } };
  const refund = await openRefund(tx, {
    payment: owed.payment,
    amountMinor: owed.remainingMinor,
    reason: reason ?? 'The order was cancelled.',
    idempotencyKey: `cancel:${order.id}`,
    requestedById: byId,
    now,
  });
  return { outcome: { kind: 'cancelled', order: moved.order }, refundId: refund.id };
}

/** Nobody is to pay for it any more; who does in this moment is refunded. */
async function closeIntents(deps: Deps, orderId: string): Promise<void> {
  for (const { intentId, capturedMinor } of await paymentsOf(deps.prisma, orderId)) {
    const answer = intentId && capturedMinor === 0n ? await deps.provider.cancelIntent(intentId) : null;
    if (answer?.kind === 'done') await settlePayment(deps, answer.value);
  }
}
