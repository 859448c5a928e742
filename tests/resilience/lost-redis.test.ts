import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedisServer, OwnRedis } from '../../packages/testkit/src/index.js';
import { openShop, OPENING_MILLIS, type Shop } from '../supergraph/shop/open-shop.js';
import { placeOrder } from '../supergraph/shop/victim.js';
import { guestOf, signIn, type Data, type Visitor } from '../supergraph/shop/visitor.js';
import { stockEndlessly } from './endless-stock.js';
import { until } from './until.js';

/** Long enough for clients of Redis to try in vain; the promise speaks of a minute: `REDIS_AWAY_SECONDS=60`. */
const AWAY_MILLIS = Number(process.env['REDIS_AWAY_SECONDS'] ?? 2) * 1_000;
const LIVE_AGAIN_WITHIN_MILLIS = 5_000; // five seconds, the promise
const PATIENCE_MILLIS = 3_000; // nobody waits for a Redis that is away

const LIST = '{ products(first: 5) { edges { node { id name rating { average } } } } }';
const STATUS = `subscription Status($orderId: ID!, $after: Int) {
  orderStatusChanged(orderId: $orderId, afterSequence: $after) { event { sequence status } } }`;

let redis: OwnRedis;
let shop: Shop;
let shopper: Visitor;

beforeAll(async () => {
  if (!hasRedisServer) return;
  redis = await OwnRedis.start();
  shop = await openShop({ redisUrl: redis.url });
  await stockEndlessly(shop);
  shopper = await signIn(shop, 'shopper@storegraph.test');
}, OPENING_MILLIS);
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

async function pay(order: Data): Promise<void> {
  await shopper.must(
    `mutation Pay($input: PayOrderInput!) { payOrder(input: $input) {
      ... on PayOrderSuccess { order { status } } ... on UserError { code message } } }`,
    { input: { orderId: order['id'], paymentMethod: 'pm_card_visa', idempotencyKey: randomUUID() } },
  );
}

const eventOf = (event: Data) => event['data']?.orderStatusChanged?.event as Data | undefined;
const reached = (status: string) => (event: Data) => eventOf(event)?.['status'] === status;

/** What the work answers. @throws when it takes longer than somebody is patient */
async function promptly<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await work();
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MILLIS);
  return result;
}

describe.skipIf(!hasRedisServer)('a Redis that stops', () => {
  test(
    'costs no login, no read and no order, and subscriptions are live again soon after it returns',
    async () => {
      const [before, during] = [await placeOrder(shop, shopper), await placeOrder(shop, shopper)];
      const watched = shopper.watch(STATUS, { orderId: before['id'], after: 0 });
      await watched.until(reached('AWAITING_PAYMENT'));
      const missing = shopper.watch(STATUS, { orderId: during['id'], after: 0 });
      await missing.until(reached('AWAITING_PAYMENT'));

      await redis.kill();
      const killedAt = performance.now();
      while (performance.now() - killedAt < AWAY_MILLIS) {
        expect((await promptly(() => guestOf(shop).ask(LIST))).codes).toEqual([]);
        await promptly(() => signIn(shop, 'shopper@storegraph.test'));
        await promptly(() => placeOrder(shop, shopper));
        await sleep(100);
      }
      // What happens meanwhile is in the outbox, and in the order's history.
      await promptly(() => pay(during));

      await redis.start();
      const backAt = performance.now();
      await pay(before);
      await watched.until(reached('PAID'));
      expect(performance.now() - backAt).toBeLessThan(LIVE_AGAIN_WITHIN_MILLIS);
      await missing.until(reached('PAID'));
      expect(performance.now() - backAt).toBeLessThan(LIVE_AGAIN_WITHIN_MILLIS);
      for (const { events } of [watched, missing]) {
        const sequences = events.map((event) => Number(eventOf(event)?.['sequence']));
        expect(sequences).toEqual(sequences.map((_, index) => (sequences[0] ?? 0) + index));
      }
      await Promise.all([watched.stop(), missing.stop()]);

      // And every domain hears in the end of what it could not be told.
      await until(async () => {
        const { rows } = await shop.domains.orders.pool.query(
          'SELECT 1 FROM outbox_events WHERE published_at IS NULL',
        );
        return rows.length === 0;
      });
    },
    AWAY_MILLIS + 30_000,
  );
});
