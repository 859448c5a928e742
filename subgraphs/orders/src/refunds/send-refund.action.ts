import type { Deps } from '../context.js';
import { paymentsOf } from '../payments/payment-books.action.js';
import type { ProviderAnswer, RefundState } from '../payments/payment.js';
import { RefundStatus, type Refund } from './refund.js';
import { findPendingRefunds, findRefund, nextRefundAttempt, touchRefund } from './refund.store.js';
import { settleRefund } from './settle-refund.action.js';

const MOST_ATTEMPTS = 3;
const AT_ONCE = 50;

/**
 * Has the provider carry a refund out, once, however often this is called. A refund nobody answers for stays pending;
 * `resendRefunds` comes back to it.
 *
 * @returns the refund as it is now, or `null` when there is none
 */
export async function sendRefund(deps: Deps, refundId: string): Promise<Refund | null> {
  for (let tries = 0; tries < MOST_ATTEMPTS; tries += 1) {
    const refund = await findRefund(deps.prisma, refundId);
    if (refund?.status !== RefundStatus.PENDING) return refund;
    const answer = await ask(deps, refund);
    if (answer.kind === 'done' && answer.value) return settleRefund(deps, answer.value);
    if (answer.kind === 'refused') return giveUp(deps, refund, answer.message);
    if (answer.kind === 'unknown' || answer.kind === 'given-up') break;
    // Under this key the provider failed before it did anything: another key starts afresh.
    await nextRefundAttempt(deps.prisma, refund, deps.now());
  }
  await touchRefund(deps.prisma, refundId, deps.now());
  return findRefund(deps.prisma, refundId);
}

/** Takes up refunds that got no answer. @returns how many were looked at */
export async function resendRefunds(deps: Deps, updatedBefore: Date): Promise<number> {
  const pending = await findPendingRefunds(deps.prisma, { updatedBefore, most: AT_ONCE });
  for (const { id } of pending) await sendRefund(deps, id);
  return pending.length;
}

/** `done` with `null`: the provider gave the key up and has made no refund of it. */
async function ask(deps: Deps, refund: Refund): Promise<ProviderAnswer<RefundState | null>> {
  const { provider } = deps;
  if (refund.providerRefundId) return provider.retrieveRefund(refund.providerRefundId);
  const payments = await paymentsOf(deps.prisma, refund.orderId);
  const intentId = payments.find(({ id }) => id === refund.paymentId)?.intentId;
  if (!intentId) return { kind: 'refused', message: 'There is no payment to give back.' };
  const answer = await provider.refund({ ...refund, intentId });
  if (answer.kind === 'unknown' || answer.kind === 'done') return answer;
  // Refused may mean that an earlier try, whose answer was lost, has given everything back already.
  const found = await provider.findRefundOf({ id: refund.id, intentId });
  if (found.kind === 'done' && found.value === null && answer.kind === 'refused') return answer;
  return found;
}

function giveUp(deps: Deps, refund: Refund, errorMessage: string): Promise<Refund | null> {
  return settleRefund(deps, {
    providerRefundId: refund.providerRefundId,
    refundId: refund.id,
    intentId: null,
    status: 'FAILED',
    amountMinor: refund.amountMinor,
    currency: refund.currency,
    errorMessage,
  });
}
