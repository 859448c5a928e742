import { describe, expect, test } from 'vitest';
import { CARD_ONLY, connect, openShop, refusalOf } from './shop.js';

const order = { amount: 1_999, currency: 'eur', ...CARD_ONLY };

describe('a card payment', () => {
  test('succeeds, is charged once and is announced by signed webhooks', async () => {
    await using shop = await openShop();
    const created = await shop.stripe.paymentIntents.create({ ...order, metadata: { order_id: 'ord_1' } });
    expect(created).toMatchObject({
      status: 'requires_payment_method',
      latest_charge: null,
      currency: 'eur',
    });

    const paid = await shop.stripe.paymentIntents.confirm(created.id, {
      payment_method: 'pm_card_visa',
      expand: ['latest_charge', 'payment_method'],
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      amount_received: 1_999,
      latest_charge: {
        object: 'charge',
        status: 'succeeded',
        captured: true,
        amount_refunded: 0,
        refunded: false,
      },
      payment_method: { card: { brand: 'visa', last4: '4242' } },
    });

    await shop.sandbox.webhooksDrained();
    expect(shop.receiver.types().sort()).toEqual([
      'charge.succeeded',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    expect(shop.sandbox.books.totals()).toEqual([
      { currency: 'eur', succeeded: 1, receivedMinor: 1_999, refunds: 0, refundedMinor: 0 },
    ]);
    const event = await shop.stripe.events.retrieve(shop.sandbox.books.events()[0]?.id ?? '');
    expect(event).toMatchObject({ type: 'payment_intent.created', pending_webhooks: 0 });
  });

  test('is created and confirmed in one call', async () => {
    await using shop = await openShop();
    const paid = await shop.stripe.paymentIntents.create({
      ...order,
      confirm: true,
      payment_method: 'pm_card_mastercard',
    });
    expect(paid.status).toBe('succeeded');
    expect(await shop.stripe.charges.retrieve(String(paid.latest_charge))).toMatchObject({
      amount_captured: 1_999,
      payment_method_details: { card: { brand: 'mastercard' } },
    });
  });

  test.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
  ])('with %s is refused as %s and succeeds with another card', async (token, code, declineCode) => {
    await using shop = await openShop();
    const intent = await shop.stripe.paymentIntents.create(order);
    const refusal = await refusalOf(shop.stripe.paymentIntents.confirm(intent.id, { payment_method: token }));
    expect(refusal).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code,
      decline_code: declineCode,
    });
    expect(refusal.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code },
    });

    const paid = await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
    const charges = await shop.stripe.charges.list({ payment_intent: intent.id });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
    await shop.sandbox.webhooksDrained();
    expect(shop.receiver.types()).toEqual(
      expect.arrayContaining(['charge.failed', 'payment_intent.payment_failed']),
    );
  });

  test('held for capture is taken in part, and the rest is released', async () => {
    await using shop = await openShop();
    const held = await shop.stripe.paymentIntents.create({
      ...order,
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1_999, amount_received: 0 });
    expect(
      await refusalOf(shop.stripe.paymentIntents.capture(held.id, { amount_to_capture: 2_000 })),
    ).toMatchObject({
      statusCode: 400,
      param: 'amount_to_capture',
    });
    const paid = await shop.stripe.paymentIntents.capture(held.id, { amount_to_capture: 1_500 });
    expect(paid).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 1_500 });
    await shop.sandbox.webhooksDrained();
    expect(shop.receiver.types()).toContain('payment_intent.amount_capturable_updated');
  });

  test('by bank debit is processing first and settles later, either way', async () => {
    await using shop = await openShop();
    const pay = (token: string) =>
      shop.stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        allowed_payment_method_types: ['us_bank_account'],
        confirm: true,
        payment_method: token,
      });
    const good = await pay('pm_usBankAccount_success');
    const bad = await pay('pm_usBankAccount_insufficientFunds');
    expect([good.status, bad.status]).toEqual(['processing', 'processing']);
    await expect
      .poll(async () => (await shop.stripe.paymentIntents.retrieve(good.id)).status)
      .toBe('succeeded');
    await expect
      .poll(async () => (await shop.stripe.paymentIntents.retrieve(bad.id)).status)
      .toBe('requires_payment_method');
  });
});

describe('canceling', () => {
  test('ends an open intent for ever', async () => {
    await using shop = await openShop();
    const intent = await shop.stripe.paymentIntents.create({ ...order, payment_method: 'pm_card_visa' });
    expect(intent.status).toBe('requires_confirmation');
    const canceled = await shop.stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await refusalOf(shop.stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      payment_intent: { id: intent.id, status: 'canceled' },
    });
    await shop.sandbox.webhooksDrained();
    expect(shop.receiver.types()).toContain('payment_intent.canceled');
  });

  test('releases held money without receiving any', async () => {
    await using shop = await openShop();
    const held = await shop.stripe.paymentIntents.create({
      ...order,
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    const canceled = await shop.stripe.paymentIntents.cancel(held.id);
    expect(canceled).toMatchObject({ status: 'canceled', amount_capturable: 0, amount_received: 0 });
    expect(await shop.stripe.charges.retrieve(String(held.latest_charge))).toMatchObject({
      captured: false,
      refunded: true,
    });
  });
});

test('a paid intent refuses to be confirmed, canceled, captured or repriced', async () => {
  await using shop = await openShop();
  const { paymentIntents } = shop.stripe;
  const { id } = await paymentIntents.create({ ...order, confirm: true, payment_method: 'pm_card_visa' });
  const attempts = [
    paymentIntents.confirm(id),
    paymentIntents.cancel(id),
    paymentIntents.capture(id),
    paymentIntents.update(id, { amount: 1 }),
  ];
  for (const attempt of attempts) {
    expect(await refusalOf(attempt)).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
    });
  }
  const relabelled = await paymentIntents.update(id, { metadata: { packed: 'yes' } });
  expect(relabelled).toMatchObject({ status: 'succeeded', metadata: { packed: 'yes' } });
});

test('metadata merges, and an empty value removes its key', async () => {
  await using shop = await openShop();
  const { paymentIntents } = shop.stripe;
  const { id } = await paymentIntents.create({ ...order, metadata: { a: '1', b: '2' } });
  await paymentIntents.update(id, { metadata: { b: '', c: '3' } });
  expect((await paymentIntents.retrieve(id)).metadata).toEqual({ a: '1', c: '3' });
});

test('lists are newest first and page through everything once', async () => {
  await using shop = await openShop();
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) ids.push((await shop.stripe.paymentIntents.create(order)).id);
  const seen = await shop.stripe.paymentIntents.list({ limit: 3 }).autoPagingToArray({ limit: 100 });
  expect(seen.map(({ id }) => id)).toEqual(ids.reverse());
  expect(await refusalOf(shop.stripe.paymentIntents.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
});

describe('a malformed request is refused as Stripe refuses it', () => {
  test.each([
    { what: 'a negative amount', change: { amount: -1 }, code: 'parameter_invalid_integer', param: 'amount' },
    {
      what: 'an amount of nothing',
      change: { amount: 0 },
      code: 'parameter_invalid_integer',
      param: 'amount',
    },
    { what: 'a fraction', change: { amount: 1.5 }, code: 'parameter_invalid_integer', param: 'amount' },
    { what: 'too much', change: { amount: 100_000_000 }, code: 'amount_too_large', param: 'amount' },
    { what: 'an unknown currency', change: { currency: 'zzq' }, code: undefined, param: 'currency' },
    {
      what: 'an unknown card',
      change: { payment_method: 'pm_no' },
      code: 'resource_missing',
      param: 'payment_method',
    },
    { what: 'a misspelt option', change: { amnt: 5 }, code: 'parameter_unknown', param: 'amnt' },
    {
      what: 'an option this API version dropped',
      change: { payment_method_types: ['card'] },
      code: 'parameter_unknown',
      param: 'payment_method_types',
    },
  ])('$what', async ({ change, code, param }) => {
    await using shop = await openShop();
    const refusal = await refusalOf(shop.stripe.paymentIntents.create({ ...order, ...change }));
    expect(refusal).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', code, param });
    expect(refusal.requestId).toMatch(/^req_/);
    expect(shop.sandbox.books.intents()).toEqual([]);
  });

  test('an id that names nothing', async () => {
    await using shop = await openShop();
    const refusal = await refusalOf(shop.stripe.paymentIntents.retrieve('pi_nothing'));
    expect(refusal).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent' });
  });

  test('confirming automatic payment methods from a server without a return URL', async () => {
    await using shop = await openShop();
    const call = shop.stripe.paymentIntents.create({
      amount: 100,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    expect(await refusalOf(call)).toMatchObject({ statusCode: 400, param: 'return_url' });
  });
});

test('a wrong key opens nothing, and a publishable key only what shoppers need', async () => {
  await using shop = await openShop();
  const stranger = connect(shop.sandbox, 'sk_test_stranger');
  expect(await refusalOf(stranger.paymentIntents.create(order))).toMatchObject({
    statusCode: 401,
    type: 'StripeAuthenticationError',
  });
  const browser = connect(shop.sandbox, 'pk_test_shop');
  expect(await refusalOf(browser.refunds.create({ payment_intent: 'pi_1' }))).toMatchObject({
    statusCode: 403,
    code: 'secret_key_required',
  });
  expect((await fetch(`${shop.sandbox.url}/v1/events`)).status).toBe(401);
});
