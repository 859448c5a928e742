import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectMessaging, createRedisStreamsBus, republishSince } from '../src/index.js';
import { consumerOf, factsOf, parcel, relayOf, Running } from './domain.js';
import { createEventDatabase, eventually } from './event-database.js';
import type { EventDatabase } from './event-database.js';
import { hasRedisServer, OwnRedis, removeKeys } from '@storegraph/testkit';
import { hasRedis, REDIS_URL, uniquePrefix } from './transports.js';

describe('events over Redis', () => {
  let database: EventDatabase;

  beforeAll(async () => {
    database = await createEventDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.pool.query('TRUNCATE outbox_events, inbox_events, dead_letters, facts');
  });

  it.skipIf(!hasRedis)(
    'left pending by a consumer that was killed are handled by the next, in order',
    async () => {
      const prefix = uniquePrefix();
      const bus = createRedisStreamsBus({ redisUrl: REDIS_URL, prefix, leaseMillis: 400 });
      for (const step of [1, 2, 3]) await bus.publish('warehouse', parcel('orphan', step));

      const script = fileURLToPath(new URL('./crashing-consumer.ts', import.meta.url));
      const doomed = spawn(process.execPath, ['--import', 'tsx', script, REDIS_URL, prefix], {
        stdio: 'ignore',
      });
      const [, signal] = (await once(doomed, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');

      await using running = new Running();
      running.add(await consumerOf(database, bus));
      await bus.publish('warehouse', parcel('orphan', 4));
      await eventually('all are handled', async () => (await factsOf(database, 'orphan')).length === 4);
      expect(await factsOf(database, 'orphan')).toEqual(['1', '2', '3', '4']);
      await bus.close();
      await removeKeys(REDIS_URL, prefix);
    },
  );

  it.skipIf(!hasRedis)('are read by one process at a time, and by the next when it stops', async () => {
    const redis = { redisUrl: REDIS_URL, prefix: uniquePrefix(), leaseMillis: 600 };
    const buses = [createRedisStreamsBus(redis), createRedisStreamsBus(redis)];
    const readBy: number[] = [];
    const subscriptions = await Promise.all(
      buses.map((bus, index) =>
        bus.subscribe({
          domain: 'shop',
          owners: ['warehouse'],
          handle: () => Promise.resolve(void readBy.push(index)),
        }),
      ),
    );
    for (let step = 0; step < 20; step += 1) await buses[0]!.publish('warehouse', parcel('shared', step));
    await eventually('all are read', () => readBy.length === 20);
    expect(new Set(readBy).size).toBe(1);
    const [first] = readBy;
    await subscriptions[first!]!.stop();
    await buses[0]!.publish('warehouse', parcel('shared', 21));
    await eventually('the other reads', () => readBy.length === 21);
    expect(readBy.at(-1)).toBe(1 - first!);
    await Promise.all(buses.map((bus) => bus.close()));
    await removeKeys(REDIS_URL, redis.prefix);
  });

  it.skipIf(!hasRedisServer)(
    'wait in the outbox while Redis is down and arrive soon after it returns',
    async () => {
      await using redis = await OwnRedis.start();
      const messaging = connectMessaging({ redisUrl: redis.url });
      await using running = new Running();
      running.add(await consumerOf(database, messaging.bus));
      const relay = running.add(relayOf(database, messaging));
      const live = messaging.pubsub.subscribe('news');
      await live.ready;
      await database.commit(parcel('outage', 1));
      await relay.drained();
      await eventually('the first is handled', async () => (await factsOf(database, 'outage')).length === 1);

      await redis.kill();
      await database.commit(parcel('outage', 2), parcel('outage', 3));
      await expect(messaging.pubsub.publish('news', 'unheard')).rejects.toThrow();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await redis.start();
      await relay.drained();
      await eventually('all are handled', async () => (await factsOf(database, 'outage')).length === 3);
      expect(await factsOf(database, 'outage')).toEqual(['1', '2', '3']);

      const heard = live.next();
      let isHeard = false;
      void heard.then(() => (isHeard = true));
      await eventually('live messages flow again', async () => {
        await messaging.pubsub.publish('news', 'back').catch(() => undefined);
        return isHeard;
      });
      expect(await heard).toEqual({ done: false, value: 'back' });
      await running[Symbol.asyncDispose]();
      await messaging.close();
    },
  );

  it.skipIf(!hasRedisServer)('can be offered again to a Redis that lost its data', async () => {
    await using redis = await OwnRedis.start();
    const messaging = connectMessaging({ redisUrl: redis.url });
    await using running = new Running();
    const relay = running.add(relayOf(database, messaging));
    await database.commit(parcel('lost', 1), parcel('lost', 2));
    await relay.drained();
    await redis.loseData();
    running.add(await consumerOf(database, messaging.bus));
    await republishSince(database.pool, new Date(Date.now() - 60_000));
    await relay.drained();
    await eventually('all are handled', async () => (await factsOf(database, 'lost')).length === 2);

    await redis.loseData();
    await database.commit(parcel('lost', 3));
    await eventually('the group is made again', async () => (await factsOf(database, 'lost')).length === 3);
    await running[Symbol.asyncDispose]();
    await messaging.close();
  });
});
