import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { signPayload } from '../src/index.js';
import { CARD_ONLY, openShop } from './shop.js';

const order = { amount: 700, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', ...CARD_ONLY };

test('the signature is the one the SDK makes and verifies', () => {
  const payload = '{"id":"evt_1","object":"event"}';
  const timestamp = Math.floor(Date.now() / 1000);
  const ours = signPayload(payload, 'whsec_1', timestamp);
  expect(ours).toBe(Stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_1', timestamp }));
  expect(() => Stripe.webhooks.constructEvent(payload, ours, 'whsec_2')).toThrow(
    Stripe.errors.StripeSignatureVerificationError,
  );
});

test('an event is delivered again until the shop answers 2xx, then never again', async () => {
  await using shop = await openShop();
  shop.receiver.refuseNext(5);
  await shop.stripe.paymentIntents.create({ amount: 700, currency: 'usd' });
  expect(shop.sandbox.books.events()[0]?.pending_webhooks).toBe(1);
  await shop.sandbox.webhooksDrained();
  expect(shop.receiver.deliveries.map(({ answered }) => answered)).toEqual([503, 503, 503, 503, 503, 200]);
  expect(new Set(shop.receiver.deliveries.map(({ event }) => event.id)).size).toBe(1);
  expect(shop.sandbox.books.events()[0]?.pending_webhooks).toBe(0);
});

test('attempts are bounded, and closing gives up at once', async () => {
  const target = { url: 'http://127.0.0.1:9', secret: 'whsec_1' };
  await using bounded = await openShop({
    webhook: { ...target, retry: { firstMillis: 1, maxMillis: 2, attempts: 3 } },
  });
  await bounded.stripe.paymentIntents.create(order);
  await bounded.sandbox.webhooksDrained();
  expect(bounded.sandbox.books.events().every((event) => event.pending_webhooks === 1)).toBe(true);

  const patient = await openShop({
    webhook: { ...target, retry: { firstMillis: 60_000, maxMillis: 60_000, attempts: 9 } },
  });
  await patient.stripe.paymentIntents.create(order);
  const closedFrom = Date.now();
  await patient[Symbol.asyncDispose]();
  expect(Date.now() - closedFrom).toBeLessThan(2_000);
});

test('an event of the books can be delivered once more', async () => {
  await using shop = await openShop();
  await shop.stripe.paymentIntents.create({ amount: 700, currency: 'usd' });
  await shop.sandbox.webhooksDrained();
  const id = shop.sandbox.books.events()[0]?.id ?? '';
  await shop.sandbox.redeliver(id);
  expect(shop.receiver.deliveries.map(({ event }) => event.id)).toEqual([id, id]);
  await expect(shop.sandbox.redeliver('evt_none')).rejects.toThrow('evt_none');
});

describe('faults', () => {
  test('webhooks come three times over and out of order', async () => {
    await using shop = await openShop({
      faults: { seed: 11, webhookCopies: 3, webhookDelayMillis: { min: 0, max: 120 } },
    });
    for (let index = 0; index < 5; index += 1) await shop.stripe.paymentIntents.create(order);
    await shop.sandbox.webhooksDrained();
    const happened = shop.sandbox.books.events().map(({ id }) => id);
    const arrived = shop.receiver.deliveries.map(({ event }) => event.id);
    expect(arrived).toHaveLength(happened.length * 3);
    const firstSeen = [...new Set(arrived)];
    expect(firstSeen).not.toEqual(happened);
    expect(firstSeen.sort()).toEqual(happened.sort());
  });

  test('a webhook may arrive before the answer', async () => {
    await using shop = await openShop({ faults: { seed: 3, webhooksFirstShare: 1 } });
    await shop.stripe.paymentIntents.create(order);
    expect(shop.receiver.types()).toContain('payment_intent.succeeded');
  });

  test('lost answers and server errors never charge twice when the key is kept', async () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    await using shop = await openShop({ faults: { seed, loseAnswersShare: 0.3, serverErrorShare: 0.1 } });
    const settle = async (index: number): Promise<void> => {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        try {
          await shop.stripe.paymentIntents.create(order, { idempotencyKey: `ord_${index}` });
          return;
        } catch (error) {
          if (!(error instanceof Stripe.errors.StripeError)) throw error;
          // A 500 that was carried out stays 500 under its key: the books are the way to learn more.
          if (error.headers?.['idempotent-replayed']) return;
        }
      }
      throw new Error(`order ${index} never settled (seed ${seed})`);
    };
    await Promise.all(Array.from({ length: 40 }, (_, index) => settle(index)));
    shop.sandbox.faults.clear();
    const keys = shop.sandbox.books
      .events()
      .filter(({ type }) => type === 'payment_intent.succeeded')
      .map(({ request }) => request.idempotency_key);
    expect(keys, `seed ${seed}`).toHaveLength(40);
    expect(new Set(keys).size, `seed ${seed}`).toBe(40);
  });

  test('the same seed draws the same fates', async () => {
    const fates = async (): Promise<(number | undefined)[]> => {
      await using shop = await openShop({ faults: { seed: 5, serverErrorShare: 0.5 } });
      const statuses: (number | undefined)[] = [];
      for (let index = 0; index < 12; index += 1) {
        statuses.push(
          await shop.stripe.events.list().then(
            () => 200,
            (error: Stripe.errors.StripeError) => error.statusCode,
          ),
        );
      }
      return statuses;
    };
    const first = await fates();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await fates()).toEqual(first);
  });
});
