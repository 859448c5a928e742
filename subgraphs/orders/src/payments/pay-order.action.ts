import type { Deps } from '../context.js';
import { claimRequest, finishRequest } from '../idempotency/claim-request.action.js';
import { findOrderById } from '../orders/find-orders.action.js';
import { allowedTransitions, OrderStatus } from '../orders/order-lifecycle.js';
import type { Order } from '../orders/order.js';
import { PaymentStatus } from './payment.js';
import { updatePayment } from './payment.store.js';
import { prepareIntent } from './prepare-intent.action.js';
import { settlePayment, type SettlePaymentOutcome } from './settle-payment.action.js';

export type PayOrderOutcome =
  /** Paid, or the shopper's bank wants to hear from them at `nextActionUrl` first. */
  | { kind: 'paid'; order: Order; nextActionUrl: string | null }
  | { kind: 'failed'; message: string; declineCode: string | null; retryable: boolean }
  | { kind: 'illegal'; from: OrderStatus; allowed: OrderStatus[]; reason: string }
  | { kind: 'mismatch' }
  | { kind: 'not-found' };

/** What is remembered of a finished try: enough to give the same answer again. */
type Remembered =
  | { kind: 'paid'; nextActionUrl: string | null }
  | { kind: 'failed'; message: string; declineCode: string | null; retryable: boolean };

const UNREACHABLE: Extract<PayOrderOutcome, { kind: 'failed' }> = {
  kind: 'failed',
  message:
    'The payment provider does not answer at the moment. If the payment went through, it will show shortly.',
  declineCode: null,
  retryable: true,
};

/** Banks that mean it: trying the same card again is no use. */
const NO_USE_TRYING = new Set(['lost_card', 'stolen_card', 'pickup_card', 'fraudulent', 'expired_card']);

/**
 * Pays for an order with a means of payment the provider knows. The provider is called without a database connection in
 * hand. However often and from wherever it is called, the money is taken once: an intent can be paid once, and all of
 * an order's tries share one. A decline leaves the order waiting for another try with a new key.
 */
export async function payOrder(
  deps: Deps,
  input: { orderId: string; paymentMethod: string; returnUrl: string | null; idempotencyKey: string },
): Promise<PayOrderOutcome> {
  const order = await findOrderById(deps.prisma, input.orderId);
  if (!order) return { kind: 'not-found' };
  const request = { scope: `pay-order:${order.id}`, key: input.idempotencyKey };
  const claim = await claimRequest(deps.prisma, { ...request, input, now: deps.now() });
  if (claim.kind === 'mismatch') return claim;
  if (claim.kind === 'finished') return answerAgain(order, claim.response as Remembered);
  if (order.status !== OrderStatus.PENDING && order.status !== OrderStatus.AWAITING_PAYMENT)
    return notAwaited(order);

  const outcome = await pay(deps, order, input);
  if (outcome.kind === 'paid')
    await finishRequest(deps.prisma, {
      ...request,
      response: { kind: 'paid', nextActionUrl: outcome.nextActionUrl },
    });
  if (outcome.kind === 'failed' && outcome !== UNREACHABLE)
    await finishRequest(deps.prisma, { ...request, response: outcome });
  return outcome;
}

async function pay(
  deps: Deps,
  order: Order,
  means: { paymentMethod: string; returnUrl: string | null },
): Promise<PayOrderOutcome> {
  const prepared = await prepareIntent(deps, order);
  if (prepared.kind === 'unreachable') return UNREACHABLE;
  if (prepared.kind === 'refused') return refused(prepared.message);
  const { payment } = prepared;
  // In doubt from here on: whatever becomes of this process, the reconciler asks soon.
  await updatePayment(deps.prisma, payment.id, { checkedAt: null, updatedAt: deps.now() });
  const confirmed = await deps.provider.confirmIntent(payment.intentId, means);
  if (confirmed.kind === 'refused') return refused(confirmed.message);
  const answer = confirmed.kind === 'done' ? confirmed : await deps.provider.retrieveIntent(payment.intentId);
  if (answer.kind !== 'done') return UNREACHABLE;
  const settled = await settlePayment(deps, answer.value);
  // The provider gave no answer, and the intent shows that it did nothing.
  const isUntouched = confirmed.kind !== 'done' && answer.value.status === PaymentStatus.PENDING;
  return isUntouched && settled.kind === 'open' ? UNREACHABLE : toOutcome(settled);
}

function toOutcome(settled: SettlePaymentOutcome): PayOrderOutcome {
  switch (settled.kind) {
    case 'unknown':
      return { kind: 'not-found' };
    case 'paid':
      return { kind: 'paid', order: settled.order, nextActionUrl: null };
    case 'given-back':
      return {
        kind: 'failed',
        message: 'The last of it was sold before your payment came. The money is on its way back.',
        declineCode: null,
        retryable: false,
      };
    case 'open': {
      const { status, approvalUrl, declineCode, errorMessage } = settled.payment;
      if (status !== PaymentStatus.FAILED && status !== PaymentStatus.CANCELLED)
        return { kind: 'paid', order: settled.order, nextActionUrl: approvalUrl };
      const retryable = status === PaymentStatus.FAILED && !NO_USE_TRYING.has(declineCode ?? '');
      return { kind: 'failed', message: errorMessage ?? 'The payment was declined.', declineCode, retryable };
    }
  }
}

const refused = (message: string): PayOrderOutcome => ({
  kind: 'failed',
  message,
  declineCode: null,
  retryable: true,
});

function answerAgain(order: Order, remembered: Remembered): PayOrderOutcome {
  return remembered.kind === 'paid' ? { ...remembered, order } : remembered;
}

/** Paying what is paid changes nothing and succeeds. */
function notAwaited(order: Order): PayOrderOutcome {
  if (order.status === OrderStatus.CANCELLED || order.status === OrderStatus.REFUNDED) {
    const allowed = allowedTransitions(order.status);
    return {
      kind: 'illegal',
      from: order.status,
      allowed,
      reason: 'The order is closed; nothing is owed for it.',
    };
  }
  return { kind: 'paid', order, nextActionUrl: null };
}
