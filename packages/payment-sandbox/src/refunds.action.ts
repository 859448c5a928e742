import type { Charge, Refund } from './objects.js';
import { listRows } from './lists.js';
import { allowOnly, missing, readAmount, readChoice, readMetadata, readText } from './params.js';
import { instrumentOf } from './payment-methods.js';
import { refundCharge, relabelRefund, requireRefundable } from './refunds.js';
import type { RefundStep } from './refunds.js';
import { noSuch } from './wire.js';
import type { Params } from './wire.js';
import type { Call, Result, Work } from './work.js';

/** POST /v1/refunds, for a payment intent or a charge. */
export function createRefund(call: Call, work: Work): Result {
  allowOnly(call.params, ['amount', 'charge', 'expand', 'metadata', 'payment_intent', 'reason']);
  const wish = {
    amountMinor: readAmount(call.params, 'amount'),
    reason: readChoice(call.params, 'reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null,
    metadata: readMetadata(call.params, {}),
  };
  const charge = requireCharge(call.params, work);
  const method = work.find('payment_method', charge.payment_method);
  if (!method) throw new Error(`Charge ${charge.id} has no payment method`);
  const step = refundCharge(charge, { wish, instrument: instrumentOf(method) }, work.mint);
  keepRefund(step, work);
  return { kind: 'done', body: step.refund };
}

/** GET /v1/refunds/:id */
export function retrieveRefund(call: Call, work: Work): Result {
  allowOnly(call.params, ['expand']);
  return { kind: 'done', body: requireRefund(call, work) };
}

/** POST /v1/refunds/:id */
export function updateRefund(call: Call, work: Work): Result {
  allowOnly(call.params, ['expand', 'metadata']);
  const present = requireRefund(call, work);
  const { refund, events } = relabelRefund(present, readMetadata(call.params, present.metadata));
  work.put('refund', refund);
  work.announce(events);
  return { kind: 'done', body: refund };
}

/** GET /v1/refunds */
export function listRefunds(call: Call, work: Work): Result {
  const rows = work.ledger.all('refund');
  return {
    kind: 'done',
    body: listRows(rows, call.params, { url: '/v1/refunds', filters: ['charge', 'payment_intent'] }),
  };
}

/** Writes down where a step left things. */
export function keepRefund(step: RefundStep, work: Work): void {
  work.put('refund', step.refund);
  work.put('charge', step.charge);
  work.announce(step.events);
}

function requireRefund({ id }: Call, work: Work): Refund {
  const refund = work.find('refund', id);
  if (!refund) throw noSuch('refund', id, { param: 'id', status: 404 });
  return refund;
}

function requireCharge(params: Params, work: Work): Charge {
  const chargeId = readText(params, 'charge');
  if (chargeId) {
    const charge = work.find('charge', chargeId);
    if (!charge) throw noSuch('charge', chargeId, { param: 'id', status: 404 });
    return charge;
  }
  const intentId = readText(params, 'payment_intent');
  if (!intentId) throw missing('payment_intent');
  const intent = work.find('payment_intent', intentId);
  if (!intent) throw noSuch('payment_intent', intentId, { param: 'payment_intent', status: 404 });
  const charge = intent.latest_charge === null ? null : work.find('charge', intent.latest_charge);
  return requireRefundable(charge, intentId);
}
