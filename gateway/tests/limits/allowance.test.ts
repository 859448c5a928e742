import { describe, expect, it } from 'vitest';
import { connectRedis } from '@storegraph/events';
import { setLogLevel } from '@storegraph/observability';
import { hasRedisServer, OwnRedis } from '@storegraph/testkit';
import { createAllowance } from '../../src/limits/allowance.js';

setLogLevel('silent');

const SETTINGS = { policy: 'guests', keyPrefix: 'test', points: 100, windowSeconds: 60 };

/** Two processes over one Redis that is ours to kill. */
async function twoProcesses(windowSeconds = 60) {
  const server = await OwnRedis.start();
  const connections = [0, 1].map(() => connectRedis(server.url, { commandTimeout: 200 }));
  await Promise.all(connections.map((redis) => new Promise((resolve) => redis.once('ready', resolve))));
  const [one, other] = connections.map((redis) => createAllowance({ ...SETTINGS, windowSeconds, redis }));
  if (!one || !other) throw new Error('two were made');
  return {
    server,
    one,
    other,
    redis: connections[0]!,
    async [Symbol.asyncDispose]() {
      for (const redis of connections) redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('an allowance', () => {
  it('counts each key for itself, down to nothing, and says until when', async () => {
    const { spend, refused, left } = createAllowance({ ...SETTINGS, redis: null });
    expect(await spend('a', 60)).toMatchObject({ isAllowed: true, limit: 100, remaining: 40 });
    expect(await left('a')).toMatchObject({ remaining: 40 });
    expect(await spend('a', 40)).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(refused('a')).toBeNull();
    expect(await spend('a', 1)).toMatchObject({ isAllowed: false, remaining: 0 });
    expect(refused('a')?.resetMillis).toBeGreaterThan(50_000);
    expect(await spend('b', 100)).toMatchObject({ isAllowed: true });
    expect(await left('c')).toMatchObject({ isAllowed: true, remaining: 100 });
  });

  it('is not slipped past by spending side by side', async () => {
    const { spend } = createAllowance({ ...SETTINGS, redis: null });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => spend('a', 10)));
    expect(outcomes.filter(({ isAllowed }) => isAllowed)).toHaveLength(10);
  });

  it('is whole again when the window ends', async () => {
    const { spend, refused } = createAllowance({ ...SETTINGS, windowSeconds: 1, redis: null });
    await spend('a', 101);
    expect(refused('a')).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(refused('a')).toBeNull();
    expect(await spend('a', 100)).toMatchObject({ isAllowed: true });
  });
});

describe.skipIf(!hasRedisServer)('an allowance over Redis', () => {
  it('is one for all processes', async () => {
    await using processes = await twoProcesses();
    const { one, other } = processes;
    await one.spend('a', 60);
    expect(await other.spend('a', 30)).toMatchObject({ isAllowed: true, remaining: 10 });
    expect(await other.left('a')).toMatchObject({ remaining: 10 });
    expect(await one.spend('a', 30)).toMatchObject({ isAllowed: false });
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).spend('b', 5)),
    );
    expect(outcomes.filter(({ isAllowed }) => isAllowed)).toHaveLength(20);
  });

  it('is counted here while Redis is away, and there again when it is back', async () => {
    await using processes = await twoProcesses();
    const { server, one, other, redis } = processes;
    await one.spend('a', 60);
    await server.kill();
    const startedAt = performance.now();
    expect(await one.spend('a', 70)).toMatchObject({ isAllowed: true, remaining: 30 });
    expect(await one.spend('a', 70)).toMatchObject({ isAllowed: false });
    expect(await other.spend('a', 70)).toMatchObject({ isAllowed: true });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await server.start();
    await new Promise((resolve) => redis.once('ready', resolve));
    await expect.poll(() => one.spend('b', 1).then(() => redis.exists('test:guests:b'))).toBe(1);
  });

  it('fails nobody whose request is on its way when Redis dies', async () => {
    await using processes = await twoProcesses();
    const { server, one } = processes;
    const asking = Array.from({ length: 200 }, (_, index) => one.spend(`k${index}`, 1));
    const killing = server.kill();
    const outcomes = await Promise.all([...asking, ...asking.map((_, index) => one.spend(`l${index}`, 1))]);
    await killing;
    expect(outcomes.every(({ isAllowed }) => isAllowed)).toBe(true);
  });

  it('waits for a Redis that hangs once, not for each request', async () => {
    await using processes = await twoProcesses();
    const { one, redis } = processes;
    await redis.call('client', 'pause', '1500', 'all').catch(() => undefined);
    const startedAt = performance.now();
    for (let index = 0; index < 20; index += 1) await one.spend('a', 1);
    expect(performance.now() - startedAt).toBeLessThan(900);
  });
});
