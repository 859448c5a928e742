import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { createInProcessPubSub, createRedisPubSub, SlowSubscriber } from '../src/index.js';
import { eventually } from './event-database.js';
import { hasRedis, REDIS_URL, transports, uniquePrefix } from './transports.js';

describe.each(transports)('live messages $name', ({ isAvailable, open }) => {
  const story = it.skipIf(!isAvailable);

  story('reach every reader of the topic in order, and nobody else', async () => {
    const { messaging, close } = await open(2);
    const [left, right] = messaging.map((each) => each.pubsub);
    const readers = [left, right, right].map((pubsub) => pubsub!.subscribe<number>('a'));
    const other = left!.subscribe('b');
    await Promise.all([...readers, other].map((reader) => reader.ready));
    for (const value of [1, 2, 3]) await left!.publish('a', value);
    await left!.publish('b', { text: 'for b' });
    for (const reader of readers) {
      const seen = [await reader.next(), await reader.next(), await reader.next()];
      expect(seen.map((result) => result.value)).toEqual([1, 2, 3]);
    }
    expect((await other.next()).value).toEqual({ text: 'for b' });
    await close();
    expect(await readers[0]!.next()).toEqual({ done: true, value: undefined });
  });

  story('end for a reader that leaves, even while it waits', async () => {
    const { messaging, close } = await open(1);
    const { pubsub } = messaging[0]!;
    const reader = pubsub.subscribe('a');
    await reader.ready;
    const waiting = reader.next();
    expect(await reader.return()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    const next = pubsub.subscribe('a');
    await next.ready;
    await pubsub.publish('a', 'still here');
    expect((await next.next()).value).toBe('still here');
    await close();
  });
});

describe('a reader that falls behind', () => {
  it('keeps what fits, then is told so once, and hurts nobody else', async () => {
    const pubsub = createInProcessPubSub({ queueLimit: 2 });
    const slow = pubsub.subscribe('a');
    const quick = pubsub.subscribe<number>('a');
    const seen: number[] = [];
    for (const value of [1, 2, 3]) {
      await pubsub.publish('a', value);
      seen.push((await quick.next()).value ?? Number.NaN);
    }
    expect(seen).toEqual([1, 2, 3]);
    await expect(slow.next()).rejects.toBeInstanceOf(SlowSubscriber);
    expect(await slow.next()).toEqual({ done: true, value: undefined });
  });

  it('is told so in a for-await loop', async () => {
    const pubsub = createInProcessPubSub({ queueLimit: 1 });
    const reader = pubsub.subscribe('a');
    await pubsub.publish('a', 1);
    await pubsub.publish('a', 2);
    const reading = (async () => {
      for await (const value of reader) expect(value).toBeDefined();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'SLOW_SUBSCRIBER', topic: 'a', queueLimit: 1 });
  });
});

describe.skipIf(!hasRedis)('a topic over Redis', () => {
  it('is subscribed once per process and dropped with its last reader', async () => {
    const prefix = uniquePrefix();
    const pubsub = createRedisPubSub({ redisUrl: REDIS_URL, prefix });
    const redis = new Redis(REDIS_URL);
    const subscribers = async () => (await redis.pubsub('NUMSUB', `${prefix}:live:a`))[1];
    const readers = [pubsub.subscribe('a'), pubsub.subscribe('a')];
    await Promise.all(readers.map((reader) => reader.ready));
    expect(await subscribers()).toBe(1);
    await readers[0]!.return();
    expect(await subscribers()).toBe(1);
    await readers[1]!.return();
    await eventually('the channel is dropped', async () => (await subscribers()) === 0);
    redis.disconnect();
    await pubsub.close();
  });
});
