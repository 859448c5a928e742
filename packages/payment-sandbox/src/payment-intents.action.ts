import { failureAnswer, unexpectedState } from './intent-failures.js';
import { randomText } from './ids.js';
import {
  CONFIRM_PARAMS,
  UPDATE_PARAMS,
  describe,
  draftIntent,
  readReturnUrl,
  requireReturnUrl,
  reviseIntent,
} from './intent-terms.js';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  finishAuthentication,
  requireConfirmable,
} from './intents.js';
import type { Confirmation, Step } from './intents.js';
import { listRows } from './lists.js';
import type { Charge, PaymentIntent } from './objects.js';
import { allowOnly, readAmount, readChoice, readFlag, readText } from './params.js';
import { findMeans, readMeans } from './payment-methods.action.js';
import type { Means } from './payment-methods.js';
import { ApiError, noSuch } from './wire.js';
import type { Params } from './wire.js';
import type { Call, Result, Work } from './work.js';

/** POST /v1/payment_intents */
export function createIntent(call: Call, work: Work): Result {
  const draft = draftIntent(call.params, work.mint);
  const isConfirmed = readFlag(call.params, 'confirm') === true;
  const returnUrl = readReturnUrl(call.params);
  const isInApp = readFlag(call.params, 'use_stripe_sdk') === true;
  if (isConfirmed && !isInApp) requireReturnUrl(draft, returnUrl);
  const means = readMeans(call, draft, work);
  const intent = means ? attach(draft, means) : draft;
  work.announce([{ type: 'payment_intent.created', object: intent }]);
  if (!isConfirmed) return keep({ intent, events: [] }, work);
  return keep(confirmIntent(intent, confirmation(call.params, { intent, means }, work), work.mint), work);
}

/** GET /v1/payment_intents/:id */
export function retrieveIntent(call: Call, work: Work): Result {
  if (call.caller === 'secret') allowOnly(call.params, ['client_secret', 'expand']);
  return { kind: 'done', body: shown(requireIntent(call, work), call) };
}

/** POST /v1/payment_intents/:id */
export function updateIntent(call: Call, work: Work): Result {
  allowOnly(call.params, UPDATE_PARAMS);
  const revised = reviseIntent(requireIntent(call, work), call.params);
  const means = readMeans(call, revised, work);
  return keep({ intent: means ? attach(revised, means) : revised, events: [] }, work);
}

const SHOPPER_PARAMS = ['payment_method', 'payment_method_data', 'receipt_email', 'return_url', 'shipping'];

/** POST /v1/payment_intents/:id/confirm, from the shop or, with the client secret, from the shopper. */
export function confirmPayment(call: Call, work: Work): Result {
  const present = requireIntent(call, work);
  const isShopper = call.caller === 'publishable';
  if (!isShopper) allowOnly(call.params, CONFIRM_PARAMS);
  // Stripe.js sends much about itself; of what a browser says, only these may change the intent.
  const params = isShopper ? pick(call.params, SHOPPER_PARAMS) : call.params;
  requireConfirmable(present);
  const intent = describe(present, params);
  const isInApp = isShopper || readFlag(params, 'use_stripe_sdk') === true;
  if (!isInApp) requireReturnUrl(intent, readReturnUrl(params));
  const means = readMeans({ ...call, params }, intent, work);
  const step = confirmIntent(intent, confirmation(params, { intent, means }, work), work.mint);
  const result = keep(step, work);
  if (!isShopper) return result;
  if (result.kind === 'done') return { kind: 'done', body: shown(step.intent, call) };
  const { status, body } = result.error;
  return {
    kind: 'refused',
    error: new ApiError(status, { ...body, payment_intent: shown(step.intent, call) }),
  };
}

/** POST /v1/payment_intents/:id/capture */
export function capturePayment(call: Call, work: Work): Result {
  allowOnly(call.params, [
    'amount_to_capture',
    'expand',
    'metadata',
    'statement_descriptor',
    'statement_descriptor_suffix',
  ]);
  const intent = describe(requireIntent(call, work), call.params);
  const amountMinor = readAmount(call.params, 'amount_to_capture');
  return keep(captureIntent(intent, chargeOf(intent, work), amountMinor), work);
}

/** POST /v1/payment_intents/:id/cancel */
export function cancelPayment(call: Call, work: Work): Result {
  allowOnly(call.params, ['cancellation_reason', 'expand']);
  const intent = requireIntent(call, work);
  const reasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const;
  const reason = readChoice(call.params, 'cancellation_reason', reasons) ?? null;
  return keep(cancelIntent(intent, { reason, heldCharge: chargeOf(intent, work) }, work.mint), work);
}

/** GET /v1/payment_intents */
export function listIntents(call: Call, work: Work): Result {
  const rows = work.ledger.all('payment_intent');
  return { kind: 'done', body: listRows(rows, call.params, { url: '/v1/payment_intents', filters: [] }) };
}

/** The shopper's answer on the approval page; `call.id` is the intent, the answer is in `decision`. */
export function decideAuthentication(call: Call, work: Work): Result {
  const intent = requireIntent(call, work);
  const isApproved = readChoice(call.params, 'decision', ['approve', 'refuse']) === 'approve';
  const means = findMeans(intent.payment_method, work);
  if (!means) throw unexpectedState(intent, 'This PaymentIntent awaits no authentication.');
  return keep(finishAuthentication(intent, { isApproved, means }, work.mint), work);
}

/** Writes down where a step left things. */
export function keep(step: Step, work: Work): Result {
  work.put('payment_intent', step.intent);
  if (step.charge) work.put('charge', step.charge);
  work.announce(step.events);
  if (step.failure) return { kind: 'refused', error: failureAnswer(step.failure, step.intent) };
  return { kind: 'done', body: step.intent };
}

export function chargeOf(intent: PaymentIntent, work: Work): Charge | null {
  return intent.latest_charge === null ? null : work.find('charge', intent.latest_charge);
}

function attach(intent: PaymentIntent, { method }: Means): PaymentIntent {
  const status = intent.status === 'requires_payment_method' ? 'requires_confirmation' : intent.status;
  return { ...intent, payment_method: method.id, status };
}

type Chosen = { intent: PaymentIntent; means: Means | null };

function confirmation(params: Params, chosen: Chosen, work: Work): Confirmation {
  const means = chosen.means ?? findMeans(chosen.intent.payment_method, work);
  if (!means) {
    const message =
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.";
    throw unexpectedState(chosen.intent, message);
  }
  const isOffSession = params['off_session'] !== undefined && params['off_session'] !== 'false';
  return {
    means,
    mayAskShopper: !isOffSession && readFlag(params, 'error_on_requires_action') !== true,
    authentication: {
      url: `${work.publicUrl}/authenticate/${chosen.intent.id}/${randomText(24)}`,
      returnUrl: readReturnUrl(params),
    },
  };
}

/** The intent in the path. A shopper must prove it is theirs with the client secret. */
function requireIntent({ id, caller, params }: Call, work: Work): PaymentIntent {
  const intent = work.find('payment_intent', id);
  const clientSecret = readText(params, 'client_secret');
  if (intent && clientSecret === undefined && caller === 'secret') return intent;
  if (!intent) throw noSuch('payment_intent', id, { param: 'intent', status: 404 });
  if (clientSecret === intent.client_secret) return intent;
  const message =
    'The client_secret provided does not match the client_secret associated with the PaymentIntent.';
  const code = 'payment_intent_invalid_parameter';
  throw new ApiError(
    400,
    { type: 'invalid_request_error', code, message, param: 'client_secret' },
    'validation',
  );
}

/** A shopper does not see what the shop keeps for itself. */
function shown(intent: PaymentIntent, { caller }: Call): PaymentIntent | Record<string, unknown> {
  if (caller === 'secret') return intent;
  const hidden = [
    'application',
    'customer',
    'latest_charge',
    'metadata',
    'on_behalf_of',
    'transfer_data',
    'transfer_group',
  ];
  return Object.fromEntries(Object.entries(intent).filter(([name]) => !hidden.includes(name)));
}

function pick(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)));
}
