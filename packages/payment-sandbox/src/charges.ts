import type { Decline } from './cards.js';
import type { Mint } from './ids.js';
import type { Charge, PaymentIntent } from './objects.js';
import type { Means } from './payment-methods.js';

/** How an attempt to take money went. */
export type ChargeResult =
  | { kind: 'captured' }
  | { kind: 'authorized' }
  | { kind: 'pending' }
  | { kind: 'declined'; decline: Decline };

/** The record of one attempt to take the intent's amount from a means of payment. */
export function buildCharge(intent: PaymentIntent, { method, result }: Attempt, mint: Mint): Charge {
  const isDeclined = result.kind === 'declined';
  return {
    id: mint.newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: result.kind === 'captured' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? 'SANDBOX',
    captured: result.kind === 'captured' || result.kind === 'pending',
    created: mint.nowSeconds,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: isDeclined ? result.decline.code : null,
    failure_message: isDeclined ? result.decline.message : null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(result),
    paid: result.kind === 'captured' || result.kind === 'authorized',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(intent, method),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: statusOf(result),
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

interface Attempt {
  method: Means['method'];
  result: ChargeResult;
}

/** What may still be given back. */
export function unrefunded(charge: Charge): number {
  return charge.amount_captured - charge.amount_refunded;
}

/** A charge that was only authorized or pending, now settled either way. */
export function settleCharge(charge: Charge, result: ChargeResult): Charge {
  const isDeclined = result.kind === 'declined';
  return {
    ...charge,
    amount_captured: isDeclined ? 0 : charge.amount,
    captured: !isDeclined,
    failure_code: isDeclined ? result.decline.code : null,
    failure_message: isDeclined ? result.decline.message : null,
    outcome: outcomeOf(result),
    paid: !isDeclined,
    status: statusOf(result),
  };
}

function statusOf(result: ChargeResult): Charge['status'] {
  switch (result.kind) {
    case 'captured':
    case 'authorized':
      return 'succeeded';
    case 'pending':
      return 'pending';
    case 'declined':
      return 'failed';
  }
}

function outcomeOf(result: ChargeResult): Charge['outcome'] {
  const isDeclined = result.kind === 'declined';
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: isDeclined ? 'declined_by_network' : 'approved_by_network',
    reason: isDeclined ? (result.decline.declineCode ?? result.decline.code) : null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: isDeclined ? 'The bank did not accept the payment.' : 'Payment complete.',
    type: isDeclined ? 'issuer_declined' : 'authorized',
  };
}

function detailsOf(intent: PaymentIntent, method: Means['method']): Charge['payment_method_details'] {
  const { card } = method;
  if (!card) return { type: method.type };
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}
