import { setTimeout as pause } from 'node:timers/promises';
import { setLogLevel } from '@storegraph/observability';
import { describe, expect, it } from 'vitest';
import { createInProcessCache, createRedisCache } from '../src/index.js';
import { transports } from './transports.js';

setLogLevel('silent'); // one cache here has no Redis on purpose

describe.each(transports)('the cache $name', ({ isAvailable, open }) => {
  it.skipIf(!isAvailable)('keeps a value until it is deleted or its time is over', async () => {
    const { messaging, close } = await open(2);
    const [left, right] = messaging.map((each) => each.cache);
    await left!.set('kept', { price: '299' }, 60);
    await left!.set('brief', 1, 0.05);
    expect(await right!.get('kept')).toEqual({ price: '299' });
    expect(await right!.get('brief')).toBe(1);
    await pause(80);
    expect(await right!.get('brief')).toBeUndefined();
    await right!.delete('kept');
    expect(await left!.get('kept')).toBeUndefined();
    await close();
  });
});

describe('a full cache in process', () => {
  it('forgets the oldest first', async () => {
    const cache = createInProcessCache({ maxKeys: 2 });
    for (const key of ['a', 'b', 'c']) await cache.set(key, key, 60);
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([undefined, 'b', 'c']);
  });
});

describe('a cache whose Redis is away', () => {
  it('misses instead of failing', async () => {
    const cache = createRedisCache({ redisUrl: 'redis://127.0.0.1:1' });
    await cache.set('a', 1, 60);
    expect(await cache.get('a')).toBeUndefined();
    await cache.delete('a');
    await cache.close();
  });
});
