import { createLogger, setLogLevel } from '@storegraph/observability';
import { hasRedisServer, OwnRedis } from '@storegraph/testkit';
import { describe, expect, it } from 'vitest';
import { createInProcessPubSub, createRedisPubSub, follow } from '../src/index.js';
import type { PubSub } from '../src/index.js';

setLogLevel('silent'); // these tests fail things on purpose

const TOPIC = 'pages';
const END = 'the end';

/** A book that is written while it is read. */
function openBook(pubsub: PubSub) {
  const pages: string[] = [];
  let read = 0;
  const live = follow({
    pubsub,
    topic: TOPIC,
    log: createLogger('test'),
    read() {
      const news = pages.slice(read);
      read = pages.length;
      return Promise.resolve({ news, isOver: pages.at(-1) === END });
    },
  });
  return {
    live,
    write: (...written: string[]) => void pages.push(...written),
    tell: () => pubsub.publish(TOPIC, null),
    async next() {
      const step = await live.next();
      return step.done ? 'done' : step.value;
    },
  };
}

describe('following what is written', () => {
  it('gives everything once and in order, however often it is told, and ends after the last', async () => {
    const { live, write, tell, next } = openBook(createInProcessPubSub());
    write('one', 'two');
    expect([await next(), await next()]).toEqual(['one', 'two']);
    const third = next();
    write('three');
    for (let times = 0; times < 300; times += 1) await tell();
    expect(await third).toBe('three');
    const last = next();
    write('four', END);
    await tell();
    expect([await last, await next(), await next(), await next()]).toEqual(['four', END, 'done', 'done']);
    await live.return?.();
  });

  it('looks anyway when nobody tells', { timeout: 10_000 }, async () => {
    const { live, write, next } = openBook(createInProcessPubSub());
    const unheard = next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    write('unheard');
    expect(await unheard).toBe('unheard');
    await live.return?.();
  });

  it('lets go at once while nothing happens', async () => {
    const { live, next } = openBook(createInProcessPubSub());
    const waiting = next();
    const from = Date.now();
    await live.return?.();
    expect([await waiting, await next()]).toEqual(['done', 'done']);
    expect(Date.now() - from).toBeLessThan(1_000);
  });

  it.skipIf(!hasRedisServer)(
    'begins while Redis is away, and catches up as soon as it is back',
    { timeout: 20_000 },
    async () => {
      await using redis = await OwnRedis.start();
      const pubsub = createRedisPubSub({ redisUrl: redis.url });
      await redis.kill();
      const { live, write, next } = openBook(pubsub);
      write('one');
      expect(await next()).toBe('one');
      const second = next();
      write('two');
      await new Promise((resolve) => setTimeout(resolve, 200));
      const from = Date.now();
      await redis.start();
      expect(await second).toBe('two');
      expect(Date.now() - from).toBeLessThan(3_500);
      await live.return?.();
      await pubsub.close();
    },
  );
});
