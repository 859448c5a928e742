import type { Deps } from '../context.js';
import { takeOrder } from '../orders/advance-order.action.js';
import { findIntentPayment } from '../payments/payment-books.action.js';
import type { RefundState } from '../payments/payment.js';
import { inTransaction } from '../transaction.js';
import { openRefund } from './open-refund.action.js';
import { findRefundByProviderId, updateRefund } from './refund.store.js';
import { settleRefund } from './settle-refund.action.js';

/** Takes the provider's word on a refund; one that somebody made at the provider itself is written down first. */
export async function importRefund(deps: Deps, state: RefundState): Promise<void> {
  if (await settleRefund(deps, state)) return;
  if (state.status === 'FAILED' || !(await bookForeign(deps, state))) return;
  await settleRefund(deps, state);
}

async function bookForeign(deps: Deps, state: RefundState): Promise<boolean> {
  const { providerRefundId, intentId, amountMinor } = state;
  if (!providerRefundId || !intentId) return false;
  const known = await findIntentPayment(deps.prisma, { provider: deps.provider.name, intentId });
  if (!known) return false;
  const now = deps.now();
  return inTransaction(deps.prisma, async (tx) => {
    await takeOrder(tx, known.orderId);
    const payment = await findIntentPayment(tx, { provider: deps.provider.name, intentId });
    const isOurs = (await findRefundByProviderId(tx, providerRefundId)) !== null;
    if (!payment || isOurs || payment.capturedMinor - payment.refundedMinor < amountMinor) return isOurs;
    const idempotencyKey = `made-at-provider:${providerRefundId}`;
    const reason = 'Made at the payment provider.';
    const refund = await openRefund(tx, { payment, amountMinor, reason, idempotencyKey, now });
    await updateRefund(tx, refund.id, { providerRefundId, updatedAt: now });
    return true;
  });
}
