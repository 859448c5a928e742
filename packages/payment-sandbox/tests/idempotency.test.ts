import { expect, test } from 'vitest';
import { CARD_ONLY, openShop, refusalOf } from './shop.js';

const order = { amount: 700, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', ...CARD_ONLY };

test('the same key and parameters answer the same intent and take money once', async () => {
  await using shop = await openShop();
  const key = { idempotencyKey: 'ord_1:1' };
  const first = await shop.stripe.paymentIntents.create(order, key);
  const again = await shop.stripe.paymentIntents.create(order, key);
  expect(again.id).toBe(first.id);
  expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect(shop.sandbox.books.intents()).toHaveLength(1);
  await shop.sandbox.webhooksDrained();
  expect(shop.receiver.deliveries[0]?.event.request?.idempotency_key).toBe('ord_1:1');
});

test('a declined payment is replayed as declined', async () => {
  await using shop = await openShop();
  const declined = { ...order, payment_method: 'pm_card_chargeDeclined' };
  const key = { idempotencyKey: 'ord_2:1' };
  const first = await refusalOf(shop.stripe.paymentIntents.create(declined, key));
  const again = await refusalOf(shop.stripe.paymentIntents.create(declined, key));
  expect(again).toMatchObject({ statusCode: 402, charge: first.charge });
  expect(again.headers?.['idempotent-replayed']).toBe('true');
});

test('a key is not good for other parameters or another endpoint', async () => {
  await using shop = await openShop();
  const key = { idempotencyKey: 'ord_3:1' };
  const { id } = await shop.stripe.paymentIntents.create(order, key);
  for (const call of [
    shop.stripe.paymentIntents.create({ ...order, amount: 701 }, key),
    shop.stripe.refunds.create({ payment_intent: id }, key),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  }
  expect(shop.sandbox.books.refunds()).toEqual([]);
});

test('a key survives a request that was malformed', async () => {
  await using shop = await openShop();
  const key = { idempotencyKey: 'ord_4:1' };
  await refusalOf(shop.stripe.paymentIntents.create({ ...order, amount: -1 }, key));
  expect((await shop.stripe.paymentIntents.create(order, key)).status).toBe('succeeded');
});

test('fifty parallel requests with one key take money once; while the first is under way the others get 409', async () => {
  await using shop = await openShop({ faults: { latencyMillis: 300 } });
  const key = { idempotencyKey: 'ord_5:1' };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, () => shop.stripe.paymentIntents.create(order, key)),
  );
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  }
  const answered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.id] : []));
  const intents = shop.sandbox.books.intents();
  expect(intents).toHaveLength(1);
  expect(new Set(answered)).toEqual(new Set([intents[0]?.id]));
});
