import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { enter, openSocket } from './test-socket.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

const CHANGES = 'subscription ($id: ID!) { productChanged(id: $id) { name rating shippingClass } }';

/** The subgraph listens a moment after the socket asked. */
async function untilSubscribed(gateway: TestGateway, count = 1): Promise<void> {
  const isSubscribed = () =>
    gateway.graph.requests.filter(({ query }) => query.startsWith('subscription')).length >= count;
  for (let waited = 0; !isSubscribed() && waited < 3_000; waited += 10) await pause(10);
  await pause(50);
}

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

describe('a subscription', () => {
  it('has each event completed by the other subgraph, in order', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    socket.subscribe('1', CHANGES, { id: 'p1' });
    await untilSubscribed(gateway);
    for (const weight of [1, 30, 2]) await gateway.graph.change({ id: 'p1', name: `Lamp ${weight}`, weight });
    const events = [await socket.next(), await socket.next(), await socket.next()];
    expect(events.map(({ payload }) => payload)).toEqual([
      { data: { productChanged: { name: 'Lamp 1', rating: 4, shippingClass: 'parcel' } } },
      { data: { productChanged: { name: 'Lamp 30', rating: 4, shippingClass: 'freight' } } },
      { data: { productChanged: { name: 'Lamp 2', rating: 4, shippingClass: 'parcel' } } },
    ]);
  });

  it('keeps the event when the completing subgraph is down', async () => {
    await using gateway = await startTestGateway();
    gateway.graph.reviews.mode = 'down';
    using socket = await enter(gateway.url);
    socket.subscribe('1', CHANGES, { id: 'p1' });
    await untilSubscribed(gateway);
    await gateway.graph.change({ id: 'p1' });
    expect((await socket.next()).payload).toEqual({
      data: { productChanged: { name: 'Lamp', rating: null, shippingClass: null } },
      errors: [
        {
          message: 'This part of the shop is unavailable for the moment.',
          path: ['productChanged', 'rating'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
        },
      ],
      extensions: { degraded: { subgraphs: ['reviews'] } },
    });
  });

  it('lets the source go when the client completes it', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    socket.subscribe('1', CHANGES, { id: 'p1' });
    await untilSubscribed(gateway);
    socket.say({ id: '1', type: 'complete' });
    await pause(50);
    await gateway.graph.change({ id: 'p1' });
    await expect(socket.next(200)).rejects.toThrow('no message came');
  });

  it('is refused before it starts when its root field is denied', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    socket.subscribe('1', 'subscription { accountChanged { id } }');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(gateway.graph.requests).toEqual([]);
  });

  it('is not carried by HTTP', async () => {
    await using gateway = await startTestGateway();
    const { status, body } = await gateway.ask('subscription { productChanged(id: "p1") { name } }');
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});

describe('a socket', () => {
  it('is opened for the gateway’s own pages and those that may call, and refused 403 to all others', async () => {
    await using gateway = await startTestGateway();
    const statusFor = (origin: string | undefined) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          ...(origin ? { origin } : {}),
        });
        socket.on('error', () => undefined);
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.once('upgrade', ({ statusCode }) => {
          resolve(statusCode ?? 0);
          socket.terminate();
        });
      });
    const origins = [undefined, gateway.url, 'https://shop.example', 'https://evil.example', 'null'];
    expect(await Promise.all(origins.map(statusFor))).toEqual([101, 101, 101, 403, 403]);
  });

  it('answers queries and mutations', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    socket.subscribe('q', '{ product(id: "p1") { name rating } }');
    expect((await socket.next()).payload).toEqual({ data: { product: { name: 'Lamp', rating: 4 } } });
    expect(await socket.next()).toEqual({ id: 'q', type: 'complete' });
    socket.subscribe('m', 'mutation { rename(id: "p1", name: "Torch") { name } }');
    expect((await socket.next()).payload).toEqual({ data: { rename: { name: 'Torch' } } });
  });

  it('knows its viewer by the connection parameters', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url, { authorization: `Bearer ${await gateway.token()}` });
    socket.subscribe('1', '{ account { email } }');
    expect((await socket.next()).payload).toEqual({ data: { account: { email: 'ann@example.com' } } });
  });

  it('is refused with 4403 for a bad token', async () => {
    await using gateway = await startTestGateway();
    using socket = await openSocket(gateway.url, { authorization: 'Bearer forged' });
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('is closed with 4403 when its token expires', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url, { authorization: `Bearer ${await gateway.token({}, 2)}` });
    socket.subscribe('1', 'subscription { accountChanged { id } }');
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Token expired' });
  });

  it('stays open after a syntax error, and says what is wrong', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    socket.subscribe('1', '{ products {');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
    socket.subscribe('2', '{ products { nothing } }');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    socket.subscribe('3', '{ product(id: "p1") { name } }');
    expect((await socket.next()).type).toBe('next');
  });

  it('keeps the limits of HTTP', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    const aliases = Array.from({ length: 500 }, (_, index) => `a${index}: ratings`).join(' ');
    socket.subscribe('1', `{ ${aliases} }`);
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    socket.subscribe('2', '{ products(first: 101) { name } }');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('carries at most fifty operations', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    for (let index = 1; index <= 51; index += 1) socket.subscribe(String(index), CHANGES, { id: 'p1' });
    expect(await socket.next()).toMatchObject({
      id: '51',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
  });

  it('is closed 4409 when an operation id is reused, 4401 before the handshake, 4429 after a second one', async () => {
    await using gateway = await startTestGateway();
    using reusing = await enter(gateway.url);
    reusing.subscribe('1', CHANGES, { id: 'p1' });
    reusing.subscribe('1', CHANGES, { id: 'p1' });
    expect((await reusing.closed).code).toBe(4409);
    using early = await openSocket(gateway.url, 'no-handshake');
    early.subscribe('1', CHANGES, { id: 'p1' });
    expect((await early.closed).code).toBe(4401);
    using twice = await enter(gateway.url);
    twice.say({ type: 'connection_init' });
    expect((await twice.closed).code).toBe(4429);
  });

  it('is closed 4413 when its reader is too slow', async () => {
    await using gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    socket.subscribe('1', 'subscription { productChanged(id: "p1") { name note } }');
    await untilSubscribed(gateway);
    socket.raw.pause();
    const name = 'x'.repeat(50_000);
    for (let sent = 0; sent < 600; sent += 1) {
      await gateway.graph.change({ id: 'p1', name });
      await pause(1);
    }
    await pause(100);
    socket.raw.resume();
    expect(await socket.closed).toEqual({ code: 4413, reason: 'Reading too slowly' });
  });

  it('is told 1001 when the gateway leaves', async () => {
    const gateway = await startTestGateway();
    using socket = await enter(gateway.url);
    await gateway.close();
    expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' });
  });
});
