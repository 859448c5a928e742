import { setLogLevel } from '@storegraph/observability';
import { describe, expect, it } from 'vitest';
import {
  createInProcessAnswerCache,
  createRedisAnswerCache,
  layerAnswerCaches,
  type AnswerCache,
  type KeptAnswer,
} from '../src/index.js';
import { removeKeys } from '@storegraph/testkit';
import { hasRedis, REDIS_URL, uniquePrefix } from './transports.js';

setLogLevel('silent'); // one cache here has no Redis on purpose

type Place = { name: string; isAvailable: boolean; open(): { cache: AnswerCache; close(): Promise<void> } };

const overRedis = (build: (redis: AnswerCache) => AnswerCache) => () => {
  const prefix = uniquePrefix();
  const cache = build(createRedisAnswerCache({ redisUrl: REDIS_URL, prefix }));
  return {
    cache,
    async close() {
      await cache.close();
      await removeKeys(REDIS_URL, prefix);
    },
  };
};

const places: Place[] = [
  {
    name: 'in process',
    isAvailable: true,
    open() {
      const cache = createInProcessAnswerCache();
      return { cache, close: () => cache.close() };
    },
  },
  { name: 'over Redis', isAvailable: hasRedis, open: overRedis((redis) => redis) },
  {
    name: 'in process before Redis',
    isAvailable: hasRedis,
    open: overRedis((redis) => layerAnswerCaches(createInProcessAnswerCache(), redis)),
  },
];

const answer = (text: string, ...tags: string[]): KeptAnswer => ({
  text,
  tags,
  storedAt: Date.now(),
  maxAgeSeconds: 60,
});

describe.each(places)('answers kept $name', ({ isAvailable, open }) => {
  const story = it.skipIf(!isAvailable);

  story('are found until something they speak of is purged', async () => {
    const { cache, close } = open();
    const { since } = await cache.find('lamp');
    expect(await cache.keep('lamp', answer('{"name":"Lamp"}\n', 'Product:1', 'Product*'), since)).toBe(true);
    expect(await cache.keep('sofa', answer('{"name":"Sofa"}', 'Product:2'), since)).toBe(true);
    expect((await cache.find('lamp')).kept).toMatchObject({
      text: '{"name":"Lamp"}\n',
      tags: ['Product:1', 'Product*'],
    });
    await cache.purge(['Product:1'], 'event-1');
    expect((await cache.find('lamp')).kept).toBeNull();
    expect((await cache.find('sofa')).kept?.text).toBe('{"name":"Sofa"}');
    await cache.clear();
    expect((await cache.find('sofa')).kept).toBeNull();
    await close();
  });

  story('are not kept when they were read before a purge of what they speak of', async () => {
    const { cache, close } = open();
    const before = await cache.find('lamp');
    await cache.purge(['Product:1'], 'event-1');
    expect(await cache.keep('lamp', answer('old', 'Product:1'), before.since)).toBe(false);
    expect((await cache.find('lamp')).kept).toBeNull();
    expect(await cache.keep('sofa', answer('other', 'Product:2'), before.since)).toBe(true);
    const after = await cache.find('lamp');
    expect(await cache.keep('lamp', answer('new', 'Product:1'), after.since)).toBe(true);
    expect((await cache.find('lamp')).kept?.text).toBe('new');
    await close();
  });

  story('are not kept when they were read before everything was cleared', async () => {
    const { cache, close } = open();
    const before = await cache.find('lamp');
    await cache.clear();
    expect(await cache.keep('lamp', answer('old', 'Product:1'), before.since)).toBe(false);
    await close();
  });

  story('are forgotten when their time is over', async () => {
    const { cache, close } = open();
    const { since } = await cache.find('lamp');
    const brief = { ...answer('brief', 'Product:1'), maxAgeSeconds: 0.05 };
    await cache.keep('lamp', brief, since);
    expect((await cache.find('lamp')).kept?.text).toBe('brief');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect((await cache.find('lamp')).kept).toBeNull();
    const late = { ...brief, storedAt: Date.now() - 1_000 };
    expect(await cache.keep('lamp', late, since)).toBe(false);
    await close();
  });
});

describe('a full answer cache in process', () => {
  it('forgets what was asked for longest ago, and its tags', async () => {
    const cache = createInProcessAnswerCache({ maxBytes: 3_000 });
    const { since } = cache.find('a');
    for (const key of ['a', 'b']) cache.keep(key, answer('x'.repeat(500), `Tag:${key}`), since);
    cache.find('a');
    cache.keep('c', answer('x'.repeat(500), 'Tag:c'), since);
    expect(['a', 'b', 'c'].map((key) => cache.find(key).kept !== null)).toEqual([true, false, true]);
    cache.keep('huge', answer('x'.repeat(5_000), 'Tag:huge'), since);
    expect(cache.find('huge').kept).toBeNull();
    await cache.purge(['Tag:b', 'Tag:huge', 'Tag:a'], 'event');
    expect(cache.find('a').kept).toBeNull();
  });
});

describe.skipIf(!hasRedis)('two processes over one Redis', () => {
  it('share answers, purge the shared place once, and each its own memory', async () => {
    const prefix = uniquePrefix();
    const open = () =>
      layerAnswerCaches(
        createInProcessAnswerCache(),
        createRedisAnswerCache({ redisUrl: REDIS_URL, prefix }),
      );
    const [left, right] = [open(), open()];
    const read = await left.find('lamp');
    await left.keep('lamp', answer('old', 'Product:1'), read.since);
    expect((await right.find('lamp')).kept?.text).toBe('old');
    await left.purge(['Product:1'], 'event-1');
    // The other has not heard yet: its own memory still answers.
    expect((await right.find('lamp')).kept?.text).toBe('old');
    const fresh = await left.find('lamp');
    await left.keep('lamp', answer('new', 'Product:1'), fresh.since);
    await right.purge(['Product:1'], 'event-1');
    expect((await right.find('lamp')).kept?.text).toBe('new');
    await Promise.all([left.close(), right.close()]);
    await removeKeys(REDIS_URL, prefix);
  });
});

describe('answers while Redis is away', () => {
  it('are not found and not kept, and a purge says that it failed', async () => {
    const cache = createRedisAnswerCache({ redisUrl: 'redis://127.0.0.1:1' });
    const { kept, since } = await cache.find('lamp');
    expect(kept).toBeNull();
    expect(await cache.keep('lamp', answer('x', 'Product:1'), since)).toBe(false);
    await expect(cache.purge(['Product:1'], 'event')).rejects.toThrow();
    await cache.close();
  });
});
