import type { TestInstrument } from './cards.js';
import { buildCharge, settleCharge } from './charges.js';
import type { ChargeResult } from './charges.js';
import {
  asCardError,
  authenticationFailure,
  authenticationRequired,
  unexpectedState,
} from './intent-failures.js';
import type { PaymentFailure } from './intent-failures.js';
import type { Mint } from './ids.js';
import type { Announcement, Charge, IntentStatus, PaymentIntent } from './objects.js';
import type { Means } from './payment-methods.js';
import { invalidParam } from './wire.js';

/** What a move leaves behind: rows to keep, events to announce and, when the money was refused, why. */
export interface Step {
  intent: PaymentIntent;
  charge?: Charge;
  events: Announcement[];
  failure?: PaymentFailure;
}

/** The life of a payment intent. Source: Stripe, "How PaymentIntents work", Payment statuses. */
export const INTENT_TRANSITIONS: Record<IntentStatus, readonly IntentStatus[]> = {
  requires_payment_method: [
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  requires_confirmation: [
    'requires_payment_method',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  requires_action: [
    'requires_payment_method',
    'requires_confirmation',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  processing: ['requires_payment_method', 'succeeded'],
  requires_capture: ['succeeded', 'canceled'],
  succeeded: [],
  canceled: [],
};

/** Statuses in which the shopper has not paid yet: terms may change, and the intent may be confirmed. */
export const OPEN_STATUSES: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

function move(
  intent: PaymentIntent,
  status: IntentStatus,
  changes: Partial<PaymentIntent> = {},
): PaymentIntent {
  if (intent.status !== status && !INTENT_TRANSITIONS[intent.status].includes(status)) {
    throw new Error(`A payment intent never goes from ${intent.status} to ${status}`);
  }
  return { ...intent, ...changes, status };
}

export interface Confirmation {
  means: Means;
  /** When nobody can ask the shopper, a bank that wants approval is a decline. */
  mayAskShopper: boolean;
  /** The page where the shopper approves or refuses, and where to go from there. */
  authentication: { url: string; returnUrl: string | null };
}

/** Refuses, in Stripe's words, to confirm an intent whose status does not allow it. */
export function requireConfirmable(intent: PaymentIntent): void {
  if (OPEN_STATUSES.includes(intent.status)) return;
  const reason =
    intent.status === 'succeeded'
      ? 'it has already succeeded after being previously confirmed'
      : `it has a status of ${intent.status}`;
  throw unexpectedState(intent, `You cannot confirm this PaymentIntent because ${reason}.`);
}

/** Tries to take the money: ends paid, held for capture, waiting for the shopper, processing, or refused. */
export function confirmIntent(intent: PaymentIntent, confirmation: Confirmation, mint: Mint): Step {
  requireConfirmable(intent);
  const { means, mayAskShopper, authentication } = confirmation;
  const attached = {
    ...intent,
    payment_method: means.method.id,
    last_payment_error: null,
    next_action: null,
  };
  if (!means.instrument.needsAuthentication) return takeMoney(attached, means, mint);
  if (!mayAskShopper) return refuseMoney(attached, { result: authenticationRequired(), means }, mint);
  const waiting = move(attached, 'requires_action', {
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { url: authentication.url, return_url: authentication.returnUrl },
    },
  });
  return { intent: waiting, events: [{ type: 'payment_intent.requires_action', object: waiting }] };
}

/** The shopper answered their bank. */
export function finishAuthentication(
  intent: PaymentIntent,
  answer: { isApproved: boolean; means: Means },
  mint: Mint,
): Step {
  if (intent.status !== 'requires_action')
    throw unexpectedState(intent, 'This PaymentIntent awaits no authentication.');
  const answered = { ...intent, next_action: null };
  if (answer.isApproved) return takeMoney(answered, answer.means, mint);
  const failure = authenticationFailure(answer.means.method);
  const refused = move(answered, 'requires_payment_method', {
    payment_method: null,
    last_payment_error: failure.lastError,
  });
  return { intent: refused, events: [{ type: 'payment_intent.payment_failed', object: refused }], failure };
}

function takeMoney(intent: PaymentIntent, means: Means, mint: Mint): Step {
  const result = resultOf(means.instrument, intent.capture_method);
  if (result.kind === 'declined') return refuseMoney(intent, { result, means }, mint);
  const charge = buildCharge(intent, { method: means.method, result }, mint);
  switch (result.kind) {
    case 'captured': {
      const paid = move(intent, 'succeeded', { amount_received: intent.amount, latest_charge: charge.id });
      return {
        intent: paid,
        charge,
        events: announce(['charge.succeeded', charge], ['payment_intent.succeeded', paid]),
      };
    }
    case 'authorized': {
      const held = move(intent, 'requires_capture', {
        amount_capturable: intent.amount,
        latest_charge: charge.id,
      });
      const events = announce(
        ['charge.succeeded', charge],
        ['payment_intent.amount_capturable_updated', held],
      );
      return { intent: held, charge, events };
    }
    case 'pending': {
      const processing = move(intent, 'processing', { latest_charge: charge.id });
      const events = announce(['charge.pending', charge], ['payment_intent.processing', processing]);
      return { intent: processing, charge, events };
    }
  }
}

function resultOf(instrument: TestInstrument, captureMethod: PaymentIntent['capture_method']): ChargeResult {
  if (instrument.kind === 'us_bank_account') return { kind: 'pending' };
  if (instrument.decline) return { kind: 'declined', decline: instrument.decline };
  return captureMethod === 'manual' ? { kind: 'authorized' } : { kind: 'captured' };
}

type Refusal = { result: Extract<ChargeResult, { kind: 'declined' }>; means: Means };

function refuseMoney(intent: PaymentIntent, { result, means }: Refusal, mint: Mint): Step {
  const charge = buildCharge(intent, { method: means.method, result }, mint);
  const failure = asCardError(result.decline, { charge, method: means.method });
  const refused = move(intent, 'requires_payment_method', {
    payment_method: null,
    latest_charge: charge.id,
    last_payment_error: failure.lastError,
  });
  const events = announce(['charge.failed', charge], ['payment_intent.payment_failed', refused]);
  return { intent: refused, charge, events, failure };
}

/** The bank answered a payment that was processing. */
export function settleProcessing(
  intent: PaymentIntent,
  { charge, means }: { charge: Charge; means: Means },
): Step {
  const { decline } = means.instrument;
  if (!decline) {
    const settled = settleCharge(charge, { kind: 'captured' });
    const paid = move(intent, 'succeeded', { amount_received: intent.amount });
    const events = announce(['charge.succeeded', settled], ['payment_intent.succeeded', paid]);
    return { intent: paid, charge: settled, events };
  }
  const failed = settleCharge(charge, { kind: 'declined', decline });
  const failure = asCardError(decline, { charge: failed, method: means.method });
  const refused = move(intent, 'requires_payment_method', {
    payment_method: null,
    last_payment_error: failure.lastError,
  });
  const events = announce(['charge.failed', failed], ['payment_intent.payment_failed', refused]);
  return { intent: refused, charge: failed, events, failure };
}

/** Takes money that was held; what is not taken is released. */
export function captureIntent(
  intent: PaymentIntent,
  charge: Charge | null,
  amountMinor = intent.amount_capturable,
): Step {
  if (intent.status !== 'requires_capture' || !charge) {
    const message = `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`;
    throw unexpectedState(intent, message);
  }
  if (amountMinor > intent.amount_capturable) {
    const message = `The amount to capture is greater than the remaining amount capturable (${intent.amount_capturable}).`;
    throw invalidParam(message, { param: 'amount_to_capture', code: 'amount_too_large' });
  }
  const captured = { ...charge, captured: true, amount_captured: amountMinor };
  const paid = move(intent, 'succeeded', { amount_capturable: 0, amount_received: amountMinor });
  return {
    intent: paid,
    charge: captured,
    events: announce(['charge.captured', captured], ['payment_intent.succeeded', paid]),
  };
}

export interface Cancellation {
  reason: PaymentIntent['cancellation_reason'];
  /** The charge that holds money, to be released. */
  heldCharge: Charge | null;
}

export function cancelIntent(intent: PaymentIntent, { reason, heldCharge }: Cancellation, mint: Mint): Step {
  if (!INTENT_TRANSITIONS[intent.status].includes('canceled')) {
    const message = `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action.`;
    throw unexpectedState(intent, message);
  }
  const canceled = move(intent, 'canceled', {
    amount_capturable: 0,
    canceled_at: mint.nowSeconds,
    cancellation_reason: reason,
    next_action: null,
  });
  const events = announce(['payment_intent.canceled', canceled]);
  if (intent.status !== 'requires_capture' || !heldCharge) return { intent: canceled, events };
  // Releasing held money shows as a refund of the charge, though nothing was ever received.
  const released = { ...heldCharge, refunded: true, amount_refunded: heldCharge.amount };
  return {
    intent: canceled,
    charge: released,
    events: [...announce(['charge.refunded', released]), ...events],
  };
}

function announce(...pairs: [Announcement['type'], Announcement['object']][]): Announcement[] {
  return pairs.map(([type, object]) => ({ type, object }));
}
