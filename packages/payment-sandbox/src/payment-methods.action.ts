import type { PaymentIntent } from './objects.js';
import { allowOnly, readHash, readText } from './params.js';
import { instrumentOf, meansOfData, meansOfToken, refuseKind, refuseRawCard } from './payment-methods.js';
import type { Means } from './payment-methods.js';
import { noSuch } from './wire.js';
import type { Call, Result, Work } from './work.js';

/** POST /v1/payment_methods: a card number from a browser, or `card[token]=tok_visa` from a shop. */
export function createMethod(call: Call, work: Work): Result {
  if (call.caller === 'secret') {
    allowOnly(call.params, ['allow_redisplay', 'billing_details', 'card', 'expand', 'metadata', 'type']);
  }
  const token = readText(readHash(call.params, 'card') ?? {}, 'token');
  const means = token ? meansOfToken(token.replace(/^tok_/, 'pm_card_'), work.mint) : fromBrowser(call, work);
  if (!means) throw noSuch('token', token ?? '', { param: 'card[token]', status: 400 });
  work.put('payment_method', means.method);
  return { kind: 'done', body: means.method };
}

/** GET /v1/payment_methods/:id; a test token answers a fresh payment method. */
export function retrieveMethod(call: Call, work: Work): Result {
  allowOnly(call.params, ['expand']);
  const means = findMeans(call.id, work) ?? keepMeans(meansOfToken(call.id, work.mint), work);
  if (!means) throw noSuch('PaymentMethod', call.id, { param: 'payment_method', status: 404 });
  return { kind: 'done', body: means.method };
}

/** The means of payment named or described in the parameters, written down, or `null` when none is. */
export function readMeans(call: Call, intent: PaymentIntent, work: Work): Means | null {
  const id = readText(call.params, 'payment_method');
  const data = readHash(call.params, 'payment_method_data');
  if (!id && !data) return null;
  const means = id
    ? (findMeans(id, work) ?? keepMeans(meansOfToken(id, work.mint), work))
    : keepMeans(fromBrowser({ ...call, params: data ?? {} }, work), work);
  if (!means) throw noSuch('PaymentMethod', id ?? '', { param: 'payment_method', status: 400 });
  if (!intent.payment_method_types.includes(means.method.type)) refuseKind(means.method.type);
  return means;
}

/** The stored means of payment with this id. */
export function findMeans(id: string | null, work: Work): Means | null {
  const method = id === null ? null : work.find('payment_method', id);
  return method && { method, instrument: instrumentOf(method) };
}

function fromBrowser(call: Call, work: Work): Means {
  if (call.caller === 'secret') refuseRawCard();
  return meansOfData(call.params, work.mint);
}

function keepMeans(means: Means | null, work: Work): Means | null {
  if (means) work.put('payment_method', means.method);
  return means;
}
