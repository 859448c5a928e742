import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CHANGES_TOPIC, createRedisPubSub, priceChanged } from '@storegraph/events';
import { hasRedisServer, OwnRedis } from '@storegraph/testkit';
import { GUEST, openCounter, openShelf, type Counter } from './shelf.js';

const LAMP = { query: 'query One($id: ID!) { product(id: $id) { id price } }', variables: { id: 'p1' } };

const repriced = () =>
  priceChanged({
    aggregateId: 'v1',
    data: { variantId: 'v1', productId: 'p1', priceMinor: '1', currency: 'EUR' },
  });

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await holds()) return;
    await pause(25);
  }
  throw new Error(`never came true: ${what}`);
}

const priceAt = async (counter: Counter) =>
  ((await counter.ask(GUEST, LAMP)).data?.['product'] as { price: number }).price;
const isKept = async (counter: Counter) => (await counter.requestsDuring(() => priceAt(counter))) === 0;

describe.skipIf(!hasRedisServer)('gateways over one Redis', () => {
  it.each(['memory', 'redis'])('all show a change after its event, keeping answers in %s', async (place) => {
    await using redis = await OwnRedis.start();
    const shelf = openShelf();
    const shared = place === 'redis' ? { redis: { url: redis.url } } : {};
    const pubsubs = [1, 2].map(() => createRedisPubSub({ redisUrl: redis.url }));
    const [left, right] = await Promise.all(
      pubsubs.map((pubsub) => openCounter({ shelf, cache: { pubsub, ...shared } })),
    );
    for (const counter of [left!, right!]) await eventually('it keeps answers', () => isKept(counter));
    for (const price of [11, 12, 13]) {
      shelf.rows.set('p1', { ...shelf.rows.get('p1')!, price });
      await pubsubs[0]!.publish(CHANGES_TOPIC, { domain: 'catalog', event: repriced() });
      for (const counter of [left!, right!]) {
        await eventually('the new price is seen', async () => (await priceAt(counter)) === price);
        await eventually('the new price is kept', () => isKept(counter));
        expect(await priceAt(counter)).toBe(price);
      }
    }
    for (const counter of [left!, right!]) await counter[Symbol.asyncDispose]();
    for (const pubsub of pubsubs) await pubsub.close();
  });

  it('do not tell each other what one had kept before it heard of a change', async () => {
    await using redis = await OwnRedis.start();
    const shelf = openShelf();
    const shared = { redis: { url: redis.url } };
    await using left = await openCounter({ shelf, cache: shared });
    await using right = await openCounter({ shelf, cache: shared });
    const hot = { query: '{ hot { id price } }' };
    const priceIn = async (counter: Counter) =>
      ((await counter.ask(GUEST, hot)).data?.['hot'] as { price: number }[])[0]?.price;
    const keepsEntities = async () =>
      (
        await right.representedDuring(() =>
          right.ask(GUEST, { query: '{ reviews { product { id price } } }' }),
        )
      ).length === 1; // the draft
    await eventually('it keeps entities', keepsEntities);
    await eventually('so does the other', () => isKept(left));
    shelf.rows.set('p1', { ...shelf.rows.get('p1')!, price: 7 });
    const event = repriced();
    await left.tell(event);
    await eventually('what all share is purged', async () => (await priceAt(left)) === 7);
    expect(await priceIn(right)).toBe(0);
    expect(await priceIn(left)).toBe(7);
    await right.tell(event);
    await eventually('the new price is seen', async () => (await priceIn(right)) === 7);
  });

  it('keep nothing while Redis is away, and forget what they had when it is back', async () => {
    await using redis = await OwnRedis.start();
    const shelf = openShelf();
    const pubsub = createRedisPubSub({ redisUrl: redis.url });
    const counter = await openCounter({ shelf, cache: { pubsub, redis: { url: redis.url } } });
    await eventually('it keeps answers', () => isKept(counter));
    await redis.kill();
    await eventually('the loss is noticed', async () => !(await isKept(counter)));
    shelf.rows.set('p1', { ...shelf.rows.get('p1')!, price: 99 });
    expect(await priceAt(counter)).toBe(99);
    shelf.rows.set('p1', { ...shelf.rows.get('p1')!, price: 100 });
    expect(await priceAt(counter)).toBe(100);
    await redis.start();
    await eventually('it keeps answers again', () => isKept(counter));
    expect(await priceAt(counter)).toBe(100);
    await counter[Symbol.asyncDispose]();
    await pubsub.close();
  });
});
