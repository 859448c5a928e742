import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { signPayload } from '@storegraph/payment-sandbox';
import { expireReservations } from '../src/stock/expire-reservations.action.js';
import { cancelUnpaidOrders, reconcilePayments } from '../src/payments/reconcile-payments.action.js';
import { openTill, TEST_SECRET, type Till } from './till.js';

const key = () => newId('event');

describe('a payment', () => {
  let till: Till;
  beforeEach(async () => {
    till = await openTill();
  });
  afterEach(() => till[Symbol.asyncDispose]());

  const pay = (order: { id: string; guestToken?: string }, paymentMethod = 'pm_card_visa', given = {}) =>
    till.call('payOrder', {
      orderId: order.id,
      guestToken: order.guestToken,
      paymentMethod,
      idempotencyKey: key(),
      ...given,
    });
  const read = async ({ id, guestToken }: { id: string; guestToken?: string }) => {
    const { data } = await till.orders.ask(
      `query ($id: ID!, $guestToken: String) { order(id: $id, guestToken: $guestToken) { status paymentStatus
        payments { status attempt } refunds { status amount { minor } } timeline { sequence status } } }`,
      { id, guestToken },
    );
    return data['order'];
  };

  it('that is declined leaves the order waiting for another card', async () => {
    const order = await till.order(await till.goods(1));
    const declined = await pay(order, 'pm_card_chargeDeclinedInsufficientFunds');
    expect(declined).toMatchObject({
      code: 'PAYMENT_FAILED',
      declineCode: 'insufficient_funds',
      retryable: true,
      message: 'Your card has insufficient funds.',
    });
    expect(await pay(order, 'pm_card_chargeDeclinedStolenCard')).toMatchObject({ retryable: false });
    expect((await read(order)).status).toBe('AWAITING_PAYMENT');
    expect((await pay(order)).order).toMatchObject({ status: 'PAID', payments: [{ status: 'CAPTURED' }] });
    await till.settled();
    expect((await read(order)).status).toBe('PAID');
    await till.audit();
  });

  it('has one answer per key, and takes the money once whatever keys it is sent with', async () => {
    const order = await till.order(await till.goods(1));
    const wish = { idempotencyKey: key() };
    const declined = await pay(order, 'pm_card_chargeDeclined', wish);
    expect(await pay(order, 'pm_card_chargeDeclined', wish)).toEqual(declined);
    expect(await pay(order, 'pm_card_visa', wish)).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    const results = await Promise.all(Array.from({ length: 20 }, () => pay(order)));
    for (const result of results) expect(result.__typename).toBe('PayOrderSuccess');
    await till.settled();
    expect(till.sandbox.books.totals()).toMatchObject([{ succeeded: 1, receivedMinor: 1_595 }]);
    expect((await read(order)).timeline).toHaveLength(2);
    await till.audit();
  });

  it('waits for the shopper when their bank wants to hear from them', async () => {
    const order = await till.order(await till.goods(1));
    const waiting = await pay(order, 'pm_card_threeDSecure2Required', {
      returnUrl: 'https://shop.example/back',
    });
    expect(waiting).toMatchObject({
      order: { status: 'AWAITING_PAYMENT', paymentStatus: 'REQUIRES_ACTION' },
    });
    const url = String(waiting.nextActionUrl);
    expect(url).toContain(till.sandbox.url);
    await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'approve' }),
      redirect: 'manual',
    });
    await till.settled();
    expect(await read(order)).toMatchObject({ status: 'PAID', paymentStatus: 'CAPTURED' });
    await till.audit();
  });

  it('settles once however often, in whatever order and before whichever answer its webhooks come', async () => {
    till.sandbox.faults.set({
      webhookCopies: 3,
      webhookDelayMillis: { min: 0, max: 150 },
      webhooksFirstShare: 0.5,
    });
    const lamp = await till.goods(20);
    const orders = [];
    for (let index = 0; index < 12; index += 1) orders.push(await till.order(lamp));
    await Promise.all(
      orders.map(async (order, index) => {
        if (index % 3 === 0) await pay(order, 'pm_card_chargeDeclined');
        await pay(order);
      }),
    );
    await till.settled();
    for (const order of orders) {
      expect(await read(order)).toMatchObject({ status: 'PAID', payments: [{ status: 'CAPTURED' }] });
      expect((await read(order)).timeline).toHaveLength(2);
    }
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 8, reserved: 0, sold: 12 }]);
    await till.audit();
  });

  it('made in the browser is settled by its webhook alone', async () => {
    const order = await till.order(await till.goods(1));
    const intentId = String(order.clientSecret).split('_secret_')[0];
    await fetch(`${till.sandbox.url}/v1/payment_intents/${intentId}/confirm`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk_test_of_tests' },
      body: new URLSearchParams({ client_secret: order.clientSecret, payment_method: 'pm_card_visa' }),
    });
    await till.settled();
    expect((await read(order)).status).toBe('PAID');
    await till.audit();
  });

  it('is not believed from anybody but the provider', async () => {
    const order = await till.order(await till.goods(1));
    const intent = till.sandbox.books.intents()[0];
    const body = JSON.stringify({
      id: 'evt_forged',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { ...intent, status: 'succeeded', amount_received: 1_595 } },
    });
    const now = Math.floor(Date.now() / 1_000);
    const send = async (signature: string | null, text = body) => {
      const headers = {
        'content-type': 'application/json',
        ...(signature && { 'stripe-signature': signature }),
      };
      return (await fetch(till.webhookUrl, { method: 'POST', headers, body: text })).status;
    };
    expect(await send(null)).toBe(400);
    expect(await send(signPayload(body, 'whsec_of_somebody_else', now))).toBe(400);
    expect(await send(signPayload(body, TEST_SECRET, now - 301))).toBe(400);
    expect(await send(signPayload(body, TEST_SECRET, now), body.replace('1595', '9999'))).toBe(400);
    const { rows } = await till.orders.subgraph.pool.query(
      "SELECT 1 FROM provider_events WHERE event_id = 'evt_forged'",
    );
    expect(rows).toHaveLength(0);
    expect((await read(order)).status).toBe('AWAITING_PAYMENT');
    const rotated = `${signPayload(body, 'whsec_old', now)},${signPayload(body, TEST_SECRET, now).split(',')[1]}`;
    expect(await send(rotated.replace('evt_forged', 'evt_twice'))).toBe(200);
  });

  it('that comes after its stock went back is served if there still is some, refunded if not', async () => {
    const [lamp, chair] = [await till.goods(1), await till.goods(2)];
    const [late, lucky] = [await till.order(lamp), await till.order(chair)];
    till.pass({ minutes: 16 });
    await expireReservations(till.deps);
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 1, reserved: 0 }]);
    const quick = await till.order(lamp);
    await pay(quick);

    expect((await pay(lucky)).order.status).toBe('PAID');
    expect(await pay(late)).toMatchObject({ code: 'PAYMENT_FAILED', retryable: false });
    await till.settled();
    expect(await read(late)).toMatchObject({
      status: 'CANCELLED',
      paymentStatus: 'REFUNDED',
      refunds: [{ status: 'SUCCEEDED', amount: { minor: '1595' } }],
    });
    await till.audit();
  });

  it('nobody makes ends in a cancelled order whose stock is free again', async () => {
    const lamp = await till.goods(1);
    const order = await till.order(lamp);
    till.pass({ minutes: 31 });
    await Promise.all([
      cancelUnpaidOrders(till.deps),
      cancelUnpaidOrders(till.deps),
      expireReservations(till.deps),
    ]);
    expect(await read(order)).toMatchObject({ status: 'CANCELLED', paymentStatus: 'CANCELLED' });
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 1, reserved: 0 }]);
    await till.settled();
    await till.audit();
  });

  it('that nobody heard of is found before the order is given up', async () => {
    const lamp = await till.goods(1);
    const order = await till.order(lamp);
    const intentId = String(order.clientSecret).split('_secret_')[0];
    till.sandbox.faults.set({ webhookDelayMillis: { min: 60_000, max: 60_000 } });
    await fetch(`${till.sandbox.url}/v1/payment_intents/${intentId}/confirm`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk_test_of_tests' },
      body: new URLSearchParams({ client_secret: order.clientSecret, payment_method: 'pm_card_visa' }),
    });
    till.pass({ minutes: 31 });
    await cancelUnpaidOrders(till.deps);
    expect((await read(order)).status).toBe('PAID');
    await till.audit();
  });

  it('is never taken twice though a third of the answers is lost and a tenth fails', async () => {
    till.sandbox.faults.set({ loseAnswersShare: 0.3, serverErrorShare: 0.1 });
    const lamp = await till.goods(40);
    const orders = [];
    for (let index = 0; index < 15; index += 1) orders.push(await till.order(lamp));
    await Promise.all(orders.map((order) => pay(order)));
    till.sandbox.faults.clear();
    for (let rounds = 0; rounds < 3; rounds += 1) {
      till.pass({ minutes: 2 });
      await reconcilePayments(till.deps);
      for (const order of orders) if ((await read(order)).status !== 'PAID') await pay(order);
    }
    await till.settled();
    for (const order of orders) expect((await read(order)).status).toBe('PAID');
    expect(till.sandbox.books.totals()).toMatchObject([{ succeeded: 15, receivedMinor: 15 * 1_595 }]);
    await till.audit();
  }, 90_000);

  it('can be made later when the provider is away as the order is placed', async () => {
    till.sandbox.faults.set({ loseAnswersShare: 1 });
    const order = await till.order(await till.goods(1));
    expect(order).toMatchObject({ status: 'AWAITING_PAYMENT', clientSecret: null });
    expect(await pay(order)).toMatchObject({ code: 'PAYMENT_FAILED', retryable: true });
    till.sandbox.faults.clear();
    till.pass({ minutes: 2 });
    await reconcilePayments(till.deps);
    expect((await pay(order)).order.status).toBe('PAID');
    await till.settled();
    await till.audit();
  }, 60_000);
});
