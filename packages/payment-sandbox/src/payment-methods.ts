import { findByFingerprint, findByNumber, findByToken, fingerprintOf, passesLuhn } from './cards.js';
import type { TestInstrument } from './cards.js';
import type { Mint } from './ids.js';
import type { PaymentMethod } from './objects.js';
import { missing, readChoice, readHash, readInteger, readMetadata, readText } from './params.js';
import { ApiError, invalidParam } from './wire.js';
import type { Params } from './wire.js';

/** A stored means of payment together with the fate its number stands for. */
export interface Means {
  method: PaymentMethod;
  instrument: TestInstrument;
}

/** The means behind a test token such as `pm_card_visa`: each use makes a fresh payment method, as at Stripe. */
export function meansOfToken(token: string, mint: Mint): Means | null {
  const instrument = findByToken(token);
  if (!instrument) return null;
  const expiresOn = { month: 12, year: new Date(mint.nowSeconds * 1000).getUTCFullYear() + 4 };
  return { instrument, method: buildMethod(instrument, { expiresOn, billing: {}, metadata: {} }, mint) };
}

/**
 * The means described by `payment_method_data` or by the body of `POST /v1/payment_methods`.
 *
 * Throws an {@link ApiError}: 402 for numbers, dates and codes a card cannot have, and for real cards, which
 * test mode declines.
 */
export function meansOfData(data: Params, mint: Mint): Means {
  if (readChoice(data, 'type', ['card']) === undefined) throw missing('type');
  const card = readHash(data, 'card');
  if (!card) throw missing('card');
  const number = (readText(card, 'number') ?? '').replaceAll(/[ -]/g, '');
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardProblem('incorrect_number', 'Your card number is incorrect.', 'number');
  }
  const expiresOn = readExpiry(card, new Date(mint.nowSeconds * 1000));
  const cvc = readText(card, 'cvc');
  if (cvc && !/^\d{3,4}$/.test(cvc)) {
    throw cardProblem('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  }
  const instrument = findByNumber(number);
  if (instrument?.kind !== 'card') {
    const message =
      'Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.';
    throw new ApiError(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'test_mode_live_card',
      message,
      param: 'number',
    });
  }
  const billing = readHash(data, 'billing_details') ?? {};
  return {
    instrument,
    method: buildMethod(instrument, { expiresOn, billing, metadata: readMetadata(data, {}) }, mint),
  };
}

/** The fate of a stored payment method. */
export function instrumentOf(method: PaymentMethod): TestInstrument {
  const fingerprint = (method.card ?? method.us_bank_account)?.fingerprint ?? '';
  const instrument = findByFingerprint(fingerprint);
  if (!instrument) throw new Error(`Payment method ${method.id} has a number this sandbox does not know`);
  return instrument;
}

function cardProblem(code: string, message: string, param: string): ApiError {
  return new ApiError(402, { type: 'card_error', code, message, param });
}

function readExpiry(card: Params, today: Date): { month: number; year: number } {
  const month = readInteger(card, 'exp_month');
  const sentYear = readInteger(card, 'exp_year');
  if (month === undefined) throw missing('card[exp_month]');
  if (sentYear === undefined) throw missing('card[exp_year]');
  if (month < 1 || month > 12) {
    throw cardProblem('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
  const year = sentYear < 100 ? 2000 + sentYear : sentYear;
  const isPast = year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (isPast || year > today.getUTCFullYear() + 50) {
    throw cardProblem('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  return { month, year };
}

interface Particulars {
  expiresOn: { month: number; year: number };
  billing: Params;
  metadata: Record<string, string>;
}

function buildMethod(
  instrument: TestInstrument,
  { expiresOn, billing, metadata }: Particulars,
  mint: Mint,
): PaymentMethod {
  const details =
    instrument.kind === 'card'
      ? ({ type: 'card', card: cardDetails(instrument, expiresOn) } as const)
      : ({ type: 'us_bank_account', us_bank_account: bankAccountDetails(instrument) } as const);
  return {
    id: mint.newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: readBilling(billing),
    created: mint.nowSeconds,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    ...details,
  };
}

function cardDetails(instrument: TestInstrument, expiresOn: Particulars['expiresOn']): PaymentMethod['card'] {
  return {
    brand: instrument.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: instrument.brand,
    exp_month: expiresOn.month,
    exp_year: expiresOn.year,
    fingerprint: fingerprintOf(instrument.number),
    funding: 'credit',
    generated_from: null,
    last4: instrument.number.slice(-4),
    networks: { available: [instrument.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function bankAccountDetails(instrument: TestInstrument): PaymentMethod['us_bank_account'] {
  return {
    account_holder_type: 'individual',
    account_type: 'checking',
    bank_name: 'SANDBOX BANK',
    financial_connections_account: null,
    fingerprint: fingerprintOf(instrument.number),
    last4: instrument.number.slice(-4),
    networks: { preferred: 'ach', supported: ['ach'] },
    routing_number: '110000000',
    status_details: null,
  };
}

function readBilling(billing: Params): PaymentMethod['billing_details'] {
  const address = readHash(billing, 'address');
  return {
    address: address ? readAddress(address) : null,
    email: readText(billing, 'email') ?? null,
    name: readText(billing, 'name') ?? null,
    phone: readText(billing, 'phone') ?? null,
    tax_id: readText(billing, 'tax_id') ?? null,
  };
}

/** An address as Stripe answers it: every part present, `null` where nothing was sent. */
export function readAddress(address: Params): NonNullable<PaymentMethod['billing_details']['address']> {
  return {
    city: readText(address, 'city') ?? null,
    country: readText(address, 'country') ?? null,
    line1: readText(address, 'line1') ?? null,
    line2: readText(address, 'line2') ?? null,
    postal_code: readText(address, 'postal_code') ?? null,
    state: readText(address, 'state') ?? null,
  };
}

/** Secret keys may not carry raw card numbers: Stripe refuses them unless an account asks for it. */
export function refuseRawCard(): never {
  const message =
    'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing.';
  throw new ApiError(402, { type: 'invalid_request_error', message }, 'validation');
}

/** `payment_method` of this kind is not among those the intent takes. */
export function refuseKind(kind: string): never {
  const message = `The PaymentMethod provided (${kind}) is not allowed for this PaymentIntent.`;
  throw invalidParam(message, { param: 'payment_method' });
}
