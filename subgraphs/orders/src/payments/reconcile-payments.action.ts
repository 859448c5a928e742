import type { Deps } from '../context.js';
import { cancelOrder } from '../orders/cancel-order.action.js';
import { findOrderById, findUnpaid } from '../orders/find-orders.action.js';
import { OrderStatus } from '../orders/order-lifecycle.js';
import { resendRefunds } from '../refunds/send-refund.action.js';
import { paymentsOf } from './payment-books.action.js';
import { isOpen, PaymentStatus, type Payment } from './payment.js';
import { findPaymentsToCheck, updatePayment } from './payment.store.js';
import { prepareIntent } from './prepare-intent.action.js';
import { settlePayment } from './settle-payment.action.js';

const AT_ONCE = 50;
/** How often an open payment nobody doubts is looked at all the same: its webhook may have been lost. */
const LOOK_AGAIN_SECONDS = 60;
const TOO_LONG_UNPAID = 'It was not paid for in time.';

/**
 * Closes what stayed open: asks the provider about payments in doubt, makes intents that could not be made, sends
 * refunds that got no answer. Whatever a lost answer, a lost webhook or a killed process left behind ends here.
 */
export async function reconcilePayments(deps: Deps): Promise<void> {
  const now = deps.now().getTime();
  const inDoubtBefore = new Date(now - deps.config.reconcileSeconds * 1_000);
  const checkedBefore = new Date(now - LOOK_AGAIN_SECONDS * 1_000);
  const due = await findPaymentsToCheck(deps.prisma, { inDoubtBefore, checkedBefore, most: AT_ONCE });
  for (const payment of due) await check(deps, payment);
  await resendRefunds(deps, inDoubtBefore);
}

async function check(deps: Deps, payment: Payment): Promise<void> {
  if (await isCertain(deps, payment)) return;
  await updatePayment(deps.prisma, payment.id, { updatedAt: deps.now() });
}

async function isCertain(deps: Deps, payment: Payment): Promise<boolean> {
  if (payment.intentId === null) {
    const order = await findOrderById(deps.prisma, payment.orderId);
    return order !== null && (await prepareIntent(deps, order)).kind === 'ready';
  }
  const answer = await deps.provider.retrieveIntent(payment.intentId);
  if (answer.kind === 'done') await settlePayment(deps, answer.value);
  return answer.kind === 'done';
}

/** Cancels orders that waited too long. Their intents are closed first: one that was paid unnoticed is served. */
export async function cancelUnpaidOrders(deps: Deps): Promise<void> {
  const placedBefore = new Date(deps.now().getTime() - deps.config.unpaidMinutes * 60_000);
  for (const orderId of await findUnpaid(deps, placedBefore, AT_ONCE)) {
    if (await closeIntents(deps, orderId))
      await cancelOrder(deps, { orderId, reason: TOO_LONG_UNPAID, byId: null, onlyUnpaid: true });
  }
}

/** Whether the order is certain not to be paid any more. */
async function closeIntents(deps: Deps, orderId: string): Promise<boolean> {
  for (const { intentId, status } of await paymentsOf(deps.prisma, orderId)) {
    if (intentId === null || !isOpen(status)) continue;
    const answer = await deps.provider.cancelIntent(intentId);
    if (answer.kind === 'refused') continue;
    if (answer.kind !== 'done') return false;
    await settlePayment(deps, answer.value);
    // The bank is still thinking: too late to stop it, too early to call it unpaid.
    if (answer.value.status !== PaymentStatus.CANCELLED) return false;
  }
  const order = await findOrderById(deps.prisma, orderId);
  return order?.status === OrderStatus.AWAITING_PAYMENT || order?.status === OrderStatus.PENDING;
}
