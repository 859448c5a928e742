import type { TestInstrument } from './cards.js';
import { unrefunded } from './charges.js';
import type { Mint } from './ids.js';
import type { Announcement, Charge, Refund } from './objects.js';
import { ApiError, invalidParam } from './wire.js';

export interface RefundWish {
  /** Minor units; absent means all that is left. */
  amountMinor: number | undefined;
  reason: Refund['reason'];
  metadata: Record<string, string>;
}

/** A refund, its charge afterwards, and what to announce. */
export interface RefundStep {
  refund: Refund;
  charge: Charge;
  events: Announcement[];
}

/**
 * Gives money back, never more than was captured and not yet refunded: the charge is counted down in the same
 * synchronous step, so parallel refunds cannot both spend the rest.
 *
 * Throws an {@link ApiError} 400: `charge_already_refunded`, an amount above the rest, or nothing captured.
 */
export function refundCharge(charge: Charge, { wish, instrument }: RefundOrder, mint: Mint): RefundStep {
  const rest = unrefunded(charge);
  if (charge.status !== 'succeeded' || !charge.captured) {
    const message = `Charge ${charge.id} has not been captured: there is nothing to refund.`;
    throw new ApiError(400, { type: 'invalid_request_error', code: 'charge_not_refundable', message });
  }
  if (rest === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw new ApiError(400, { type: 'invalid_request_error', code: 'charge_already_refunded', message });
  }
  const amount = wish.amountMinor ?? rest;
  if (amount > rest) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${rest})`;
    throw new ApiError(400, { type: 'invalid_request_error', message, param: 'amount' });
  }
  const refunded = countRefund(charge, amount);
  const refund = buildRefund(
    charge,
    { ...wish, amount, isPending: instrument.refunds === 'succeed-later' },
    mint,
  );
  const previous = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  return {
    refund,
    charge: refunded,
    events: [
      { type: 'refund.created', object: refund },
      { type: 'charge.refunded', object: refunded, previous },
    ],
  };
}

interface RefundOrder {
  wish: RefundWish;
  instrument: TestInstrument;
}

/** The bank answered a refund it had left open; a failed one gives the money back to the charge. */
export function settleRefund(refund: Refund, charge: Charge, outcome: 'succeeded' | 'failed'): RefundStep {
  const previous = { status: refund.status };
  if (outcome === 'succeeded') {
    const settled: Refund = { ...refund, status: 'succeeded' };
    return { refund: settled, charge, events: [{ type: 'refund.updated', object: settled, previous }] };
  }
  const failed: Refund = { ...refund, status: 'failed', failure_reason: 'unknown' };
  return {
    refund: failed,
    charge: countRefund(charge, -refund.amount),
    events: [
      { type: 'refund.updated', object: failed, previous },
      { type: 'refund.failed', object: failed },
    ],
  };
}

/** `POST /v1/refunds/:id` changes metadata and nothing else. */
export function relabelRefund(
  refund: Refund,
  metadata: Record<string, string>,
): { refund: Refund; events: Announcement[] } {
  const relabelled = { ...refund, metadata };
  const previous = { metadata: refund.metadata };
  return { refund: relabelled, events: [{ type: 'refund.updated', object: relabelled, previous }] };
}

/** The charge to refund, or a refusal when the payment has none. */
export function requireRefundable(charge: Charge | null, intentId: string): Charge {
  if (charge && charge.status === 'succeeded') return charge;
  throw invalidParam(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
    code: 'payment_intent_unexpected_state',
    param: 'payment_intent',
  });
}

function countRefund(charge: Charge, amountMinor: number): Charge {
  const amountRefunded = charge.amount_refunded + amountMinor;
  return { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded >= charge.amount_captured };
}

interface Particulars extends RefundWish {
  amount: number;
  isPending: boolean;
}

function buildRefund(
  charge: Charge,
  { amount, reason, metadata, isPending }: Particulars,
  mint: Mint,
): Refund {
  return {
    id: mint.newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: mint.nowSeconds,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
}
