import { unexpectedState } from './intent-failures.js';
import { randomText } from './ids.js';
import type { Mint } from './ids.js';
import { OPEN_STATUSES } from './intents.js';
import type { PaymentIntent } from './objects.js';
import {
  allowOnly,
  missing,
  readAmount,
  readChoice,
  readCurrency,
  readFlag,
  readHash,
  readList,
  readMetadata,
  readText,
} from './params.js';
import { readAddress } from './payment-methods.js';
import { invalidParam, noSuch } from './wire.js';
import type { Params } from './wire.js';

const TERMS = [
  'allowed_payment_method_types',
  'capture_method',
  'expand',
  'payment_method',
  'payment_method_data',
  'payment_method_options',
  'receipt_email',
  'setup_future_usage',
  'shipping',
];
const LABELS = [
  'customer',
  'description',
  'metadata',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_group',
];
const CONFIRMING = ['error_on_requires_action', 'off_session', 'return_url', 'use_stripe_sdk'];

export const UPDATE_PARAMS = [...TERMS, ...LABELS, 'amount', 'currency'];
export const CONFIRM_PARAMS = [...TERMS, ...CONFIRMING, 'client_secret'];
const CREATE_PARAMS = [
  ...UPDATE_PARAMS,
  ...CONFIRMING,
  'automatic_payment_methods',
  'confirm',
  'confirmation_method',
];

const KNOWN_TYPES = ['card', 'us_bank_account'];
const CAPTURE_METHODS = ['automatic', 'automatic_async', 'manual'] as const;

/** A new intent from the parameters of `POST /v1/payment_intents`, before any means of payment is attached. */
export function draftIntent(params: Params, mint: Mint): PaymentIntent {
  allowOnly(params, CREATE_PARAMS);
  const amount = readAmount(params, 'amount');
  const currency = readCurrency(params, 'currency');
  if (amount === undefined) throw missing('amount');
  if (currency === undefined) throw missing('currency');
  // Manual confirmation asks the server to confirm again after the shopper approved.
  readChoice(params, 'confirmation_method', ['automatic']);
  const id = mint.newId('pi');
  const blank: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: readAutomatic(params),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: mint.nowSeconds,
    currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_types: [],
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
  return describe(blank, params);
}

/** Without an explicit list Stripe offers what the dashboard enables, redirects included. */
function readAutomatic(params: Params): PaymentIntent['automatic_payment_methods'] {
  const automatic = readHash(params, 'automatic_payment_methods');
  if (automatic && readFlag(automatic, 'enabled') !== true) return null;
  if (!automatic && params['allowed_payment_method_types'] !== undefined) return null;
  const redirects = automatic && readChoice(automatic, 'allow_redirects', ['always', 'never']);
  return { allow_redirects: redirects ?? 'always', enabled: true };
}

type PaymentMethodTypes = Pick<PaymentIntent, 'allowed_payment_method_types' | 'payment_method_types'>;

/** What the shop allows, and what of it suits the currency: bank debits are in dollars. */
function readTypes(params: Params, present: PaymentIntent): PaymentMethodTypes {
  const allowed = readList(params, 'allowed_payment_method_types') ?? present.allowed_payment_method_types;
  const unknown = allowed?.find((type) => !KNOWN_TYPES.includes(type));
  if (unknown !== undefined) {
    const message = `The payment method type "${unknown}" is invalid.`;
    throw invalidParam(message, { param: 'allowed_payment_method_types' });
  }
  const suitable = (allowed ?? KNOWN_TYPES).filter((type) => type === 'card' || present.currency === 'usd');
  return { allowed_payment_method_types: allowed, payment_method_types: suitable };
}

/** The intent with the sent descriptive fields; these may change at any time of its life. */
export function describe(intent: PaymentIntent, params: Params): PaymentIntent {
  const customer = readText(params, 'customer');
  if (customer) throw noSuch('customer', customer, { param: 'customer', status: 400 });
  const kept = <T>(sent: T | undefined, present: T): T => (sent === undefined ? present : sent);
  return {
    ...intent,
    ...readTypes(params, intent),
    capture_method: readChoice(params, 'capture_method', CAPTURE_METHODS) ?? intent.capture_method,
    description: kept(readText(params, 'description'), intent.description),
    metadata: readMetadata(params, intent.metadata),
    receipt_email: kept(readText(params, 'receipt_email'), intent.receipt_email),
    setup_future_usage:
      readChoice(params, 'setup_future_usage', ['off_session', 'on_session']) ?? intent.setup_future_usage,
    shipping: kept(readShipping(params), intent.shipping),
    statement_descriptor: kept(readText(params, 'statement_descriptor', 22), intent.statement_descriptor),
    statement_descriptor_suffix: kept(
      readText(params, 'statement_descriptor_suffix', 22),
      intent.statement_descriptor_suffix,
    ),
    transfer_group: kept(readText(params, 'transfer_group'), intent.transfer_group),
  };
}

const PRICING = [
  'amount',
  'currency',
  'capture_method',
  'allowed_payment_method_types',
  'payment_method',
  'payment_method_data',
];

/** The intent with new terms. Amount, currency and capture method are fixed once the shopper has paid. */
export function reviseIntent(intent: PaymentIntent, params: Params): PaymentIntent {
  const amount = readAmount(params, 'amount') ?? intent.amount;
  const currency = readCurrency(params, 'currency') ?? intent.currency;
  const revised = describe({ ...intent, amount, currency }, params);
  const changed = PRICING.filter((name) => params[name] !== undefined);
  if (changed.length === 0) return revised;
  if (!OPEN_STATUSES.includes(intent.status)) {
    const message = `This PaymentIntent's ${changed[0]} could not be updated because it has a status of ${intent.status}. You may only update the ${changed[0]} of a PaymentIntent with one of the following statuses: ${OPEN_STATUSES.join(', ')}.`;
    throw unexpectedState(intent, message);
  }
  if (intent.status !== 'requires_action') return revised;
  // What the shopper was asked to approve is no longer what they would pay.
  return { ...revised, status: 'requires_confirmation', next_action: null };
}

/** Where the shopper returns after approving; script URLs are refused because a page will link to them. */
export function readReturnUrl(params: Params): string | null {
  const returnUrl = readText(params, 'return_url') ?? null;
  if (returnUrl === null) return null;
  const scheme = URL.canParse(returnUrl) ? new URL(returnUrl).protocol : '';
  if (scheme === '' || ['javascript:', 'data:', 'vbscript:', 'blob:', 'file:'].includes(scheme)) {
    throw invalidParam('Not a valid URL', { code: 'url_invalid', param: 'return_url' });
  }
  return returnUrl;
}

/** The trap of automatic payment methods: some of them redirect, so a server must say where to. */
export function requireReturnUrl(intent: PaymentIntent, returnUrl: string | null): void {
  if (returnUrl !== null || intent.automatic_payment_methods?.allow_redirects !== 'always') return;
  const message =
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.";
  throw invalidParam(message, { param: 'return_url' });
}

function readShipping(params: Params): PaymentIntent['shipping'] | undefined {
  if (params['shipping'] === '') return null;
  const shipping = readHash(params, 'shipping');
  if (!shipping) return undefined;
  const address = readHash(shipping, 'address');
  const name = readText(shipping, 'name');
  if (!address) throw missing('shipping[address]');
  if (!name) throw missing('shipping[name]');
  return {
    address: readAddress(address),
    carrier: readText(shipping, 'carrier') ?? null,
    name,
    phone: readText(shipping, 'phone') ?? null,
    tracking_number: readText(shipping, 'tracking_number') ?? null,
  };
}
