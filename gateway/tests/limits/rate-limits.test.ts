import { describe, expect, it } from 'vitest';
import { hasRedisServer, OwnRedis } from '@storegraph/testkit';
import { enter, openSocket } from '../test-socket.js';
import { openStream } from '../test-stream.js';
import { API_KEY, priced, PRODUCTS, PRODUCTS_POINTS } from './priced-gateway.js';

describe('a client', () => {
  it('is told what is left, and refused with 429 when nothing is', async () => {
    await using gateway = await priced({ points: { anonymous: 25 } });
    const { status, headers } = await gateway.ask(PRODUCTS);
    expect([status, headers.get('ratelimit-policy'), headers.get('ratelimit-remaining')]).toEqual([
      200,
      '"anonymous";q=25;qu="points";w=60',
      String(25 - PRODUCTS_POINTS),
    ]);
    await gateway.ask(PRODUCTS);
    const before = gateway.graph.requests.length;
    for (const query of [PRODUCTS, '{ ratings }']) {
      const refused = await gateway.ask(query);
      expect([refused.status, refused.body.errors?.[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('ratelimit')).toMatch(/^"anonymous";r=0;t=\d+$/);
    }
    expect(gateway.graph.requests).toHaveLength(before);
    // Others are none the poorer: somebody signed in, and a program with a key.
    expect((await gateway.ask(PRODUCTS, { token: await gateway.token() })).status).toBe(200);
    expect((await gateway.ask(PRODUCTS, { headers: { 'x-api-key': 'k-1' } })).status).toBe(200);
    expect((await gateway.ask(PRODUCTS, { headers: { 'x-api-key': 'forged' } })).status).toBe(401);
  });

  it('pays for what is refused too', async () => {
    await using gateway = await priced({ points: { anonymous: 3 } });
    for (const query of ['{ nonsense }', '{ products {', '{ report }']) await gateway.ask(query);
    expect((await gateway.ask('{ ratings }')).status).toBe(429);
  });

  it('meets the same limits over WebSocket, for subscriptions too', async () => {
    await using gateway = await priced({ points: { anonymous: 25 } });
    using socket = await enter(gateway.url);
    for (let index = 0; index < 3; index += 1) await gateway.ask(PRODUCTS);
    socket.subscribe('a', PRODUCTS);
    socket.subscribe('b', 'subscription { productChanged(id: "p1") { name } }');
    for (const answer of [await socket.next(), await socket.next()])
      expect([answer.type, JSON.stringify(answer.payload)]).toEqual([
        'error',
        expect.stringContaining('RATE_LIMITED'),
      ]);
  });

  it('that is a program pays by its API key over WebSocket and event streams too', async () => {
    await using gateway = await priced({ points: { anonymous: 5, apiKey: 2 * PRODUCTS_POINTS } });
    const [key, forged] = [{ 'x-api-key': API_KEY }, { 'x-api-key': 'forged' }];
    using guest = await enter(gateway.url);
    guest.subscribe('a', PRODUCTS);
    expect(JSON.stringify(await guest.next())).toContain('RATE_LIMITED');
    using program = await openSocket(gateway.url, {}, key);
    expect((await program.next()).type).toBe('connection_ack');
    program.subscribe('a', PRODUCTS);
    expect((await program.next()).type).toBe('next');
    using intruder = await openSocket(gateway.url, {}, forged);
    expect((await intruder.closed).code).toBe(4403);

    const stream = (headers: Record<string, string>) =>
      openStream(gateway, { query: PRODUCTS }, { headers }).then(({ response }) => response);
    expect(await (await stream(key)).text()).toContain('"products"');
    expect(await (await stream(key)).text()).toContain('RATE_LIMITED');
    expect((await stream(forged)).status).toBe(401);
  });

  it('sees the bill when it asks for it', async () => {
    await using gateway = await priced({ points: { anonymous: 100 } });
    const { body } = await gateway.ask(PRODUCTS, { headers: { 'x-storegraph-trace': 'cost' } });
    expect((body as { extensions?: { cost?: object } }).extensions?.cost).toEqual({
      requested: PRODUCTS_POINTS,
      budget: 1_000,
      remaining: 100 - PRODUCTS_POINTS,
      resetSeconds: 60,
    });
  });

  it('is told a price without paying it', async () => {
    await using gateway = await priced({ points: { anonymous: 100 } });
    const ask =
      'query ($query: String!) { operationCost(query: $query) { requested budget isAffordable remaining } }';
    const { body } = await gateway.ask(ask, { variables: { query: PRODUCTS } });
    expect(body.data?.['operationCost']).toEqual({
      requested: PRODUCTS_POINTS,
      budget: 1_000,
      isAffordable: true,
      remaining: 94,
    });
    const bad = await gateway.ask(ask, { variables: { query: '{ nonsense }' } });
    expect(bad.body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it.skipIf(!hasRedisServer)('is counted and answered through the death of Redis', async () => {
    await using server = await OwnRedis.start();
    await using gateway = await priced({ redisUrl: server.url });
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 40 }, () => gateway.ask(PRODUCTS))),
      server.kill(),
    ]);
    const later = await gateway.ask(PRODUCTS);
    expect([...answers, later].map(({ status }) => status)).toEqual(Array(41).fill(200));
    expect(later.headers.get('ratelimit-remaining')).not.toBeNull();
  });
});
