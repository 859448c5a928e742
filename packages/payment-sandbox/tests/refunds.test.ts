import { expect, test } from 'vitest';
import { CARD_ONLY, openShop, refusalOf } from './shop.js';
import type { Shop } from './shop.js';

async function pay(shop: Shop, token = 'pm_card_visa') {
  return shop.stripe.paymentIntents.create({
    amount: 1_000,
    currency: 'usd',
    confirm: true,
    payment_method: token,
    ...CARD_ONLY,
  });
}

test('a payment is refunded in parts, and never beyond what was captured', async () => {
  await using shop = await openShop();
  const paid = await pay(shop);
  const first = await shop.stripe.refunds.create({
    payment_intent: paid.id,
    amount: 300,
    reason: 'requested_by_customer',
    expand: ['charge'],
  });
  expect(first).toMatchObject({ status: 'succeeded', charge: { amount_refunded: 300, refunded: false } });
  expect(await refusalOf(shop.stripe.refunds.create({ payment_intent: paid.id, amount: 701 }))).toMatchObject(
    {
      statusCode: 400,
      param: 'amount',
    },
  );
  const rest = await shop.stripe.refunds.create({ charge: String(paid.latest_charge) });
  expect(rest.amount).toBe(700);
  expect(await refusalOf(shop.stripe.refunds.create({ payment_intent: paid.id }))).toMatchObject({
    code: 'charge_already_refunded',
  });
  expect(await shop.stripe.charges.retrieve(String(paid.latest_charge))).toMatchObject({
    amount_refunded: 1_000,
    refunded: true,
  });
  const listed = await shop.stripe.refunds.list({ payment_intent: paid.id });
  expect(listed.data.map(({ id }) => id)).toEqual([rest.id, first.id]);
  await shop.sandbox.webhooksDrained();
  expect(shop.receiver.types()).toEqual(expect.arrayContaining(['refund.created', 'charge.refunded']));
});

test('fifty parallel refunds give back exactly what was paid', async () => {
  await using shop = await openShop();
  const paid = await pay(shop);
  const attempts = Array.from({ length: 50 }, () =>
    shop.stripe.refunds.create({ payment_intent: paid.id, amount: 150 }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
  expect(shop.sandbox.books.totals()).toEqual([
    { currency: 'usd', succeeded: 1, receivedMinor: 1_000, refunds: 6, refundedMinor: 900 },
  ]);
});

test('an unpaid intent and an unknown charge have nothing to refund', async () => {
  await using shop = await openShop();
  const intent = await shop.stripe.paymentIntents.create({ amount: 10, currency: 'usd' });
  expect(await refusalOf(shop.stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
    statusCode: 400,
  });
  expect(await refusalOf(shop.stripe.refunds.create({ charge: 'ch_1' }))).toMatchObject({
    code: 'resource_missing',
  });
});

test('a refund the bank leaves open succeeds later, and one it refuses gives the money back', async () => {
  await using shop = await openShop();
  const slow = await pay(shop, 'pm_card_pendingRefund');
  const failing = await pay(shop, 'pm_card_refundFail');
  const pending = await shop.stripe.refunds.create({ payment_intent: slow.id });
  const doomed = await shop.stripe.refunds.create({ payment_intent: failing.id });
  expect([pending.status, doomed.status]).toEqual(['pending', 'succeeded']);
  await expect.poll(async () => (await shop.stripe.refunds.retrieve(pending.id)).status).toBe('succeeded');
  await expect.poll(async () => (await shop.stripe.refunds.retrieve(doomed.id)).status).toBe('failed');
  const charge = await shop.stripe.charges.retrieve(String(failing.latest_charge));
  expect(charge).toMatchObject({ amount_refunded: 0, refunded: false });
  await shop.sandbox.webhooksDrained();
  expect(shop.receiver.types()).toEqual(expect.arrayContaining(['refund.updated', 'refund.failed']));
});
