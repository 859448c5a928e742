import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { liveGraph, STOCK, type LiveGraph } from './live-graph.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { enter, openSocket, type TestSocket } from './test-socket.js';

/**
 * Every MUST of graphql-transport-ws (PROTOCOL.md of graphql-ws 6), one sentence each, by raw messages. Those about
 * invalid messages are next door.
 */

const IDLE = { sku: 'idle' };

let graph: LiveGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = liveGraph();
  gateway = await startTestGateway({
    graph,
    config: { realtime: { initWithinMillis: 400, heartbeatMillis: 200 } },
  });
});
afterAll(() => gateway.close());

const connected = (params?: object) => enter(gateway.url, params);

/** Subscribes and waits until the news come. */
const listening = (socket: TestSocket, id: string, sku: string) =>
  graph.listening(() => socket.subscribe(id, STOCK, { sku }));

const silent = (socket: TestSocket) => expect(socket.next(150)).rejects.toThrow('no message came');
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));
const available = (message: { payload: object }) => message.payload;
const stock = (count: number) => ({ data: { stockChanged: { available: count } } });

describe('the handshake', () => {
  it('selects graphql-transport-ws among those offered', async () => {
    using raw = disposable(new WebSocket(socketUrl(), ['soap', 'graphql-transport-ws']));
    await opened(raw.socket);
    expect(raw.socket.protocol).toBe('graphql-transport-ws');
  });

  it('ends 4406 when no subprotocol is offered', async () => {
    using raw = disposable(new WebSocket(socketUrl()));
    expect(await closed(raw.socket)).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  it('selects none when only others are offered', async () => {
    using raw = disposable(new WebSocket(socketUrl(), 'graphql-ws'));
    await expect(opened(raw.socket)).rejects.toThrow('no subprotocol');
  });
});

describe('ConnectionInit', () => {
  it('is acknowledged with and without a payload, be it null', async () => {
    for (const payload of [undefined, null, {}, { anything: ['goes'] }]) {
      using socket = await openSocket(gateway.url, 'no-handshake');
      socket.say({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
      expect(await socket.next()).toEqual({ type: 'connection_ack' });
    }
  });

  it('is waited for no longer than allowed: 4408', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    const openedAt = performance.now();
    expect(await socket.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    expect(performance.now() - openedAt).toBeGreaterThan(300);
  });

  it('comes in time when the timeout passes later', async () => {
    using socket = await connected();
    await pause(500);
    socket.say({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });

  it('comes once: 4429 for a second one, before the acknowledgement or after it', async () => {
    using eager = await openSocket(gateway.url, 'no-handshake');
    eager.say({ type: 'connection_init' });
    eager.say({ type: 'connection_init' });
    expect(await eager.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
    using late = await connected();
    late.say({ type: 'connection_init' });
    expect(await late.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  it('is rejected 4403 when its token is not valid', async () => {
    for (const authorization of ['Bearer forged', 'Basic abc', 'Bearer '])
      expect(await (await openSocket(gateway.url, { authorization })).closed).toEqual({
        code: 4403,
        reason: 'Forbidden',
      });
  });
});

describe('Subscribe', () => {
  it('is answered 4401 before the connection is acknowledged', async () => {
    using silentOne = await openSocket(gateway.url, 'no-handshake');
    silentOne.subscribe('1', '{ products }');
    expect(await silentOne.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
    using hasty = await openSocket(gateway.url, 'no-handshake');
    hasty.say({ type: 'connection_init' });
    hasty.subscribe('1', '{ products }');
    expect(await hasty.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('is answered 4409 at once while its id is in use, whatever kind of operation uses it', async () => {
    for (const second of [STOCK, '{ products }', 'mutation { cancel(id: "1") { id } }', 'nonsense {']) {
      using socket = await connected();
      socket.subscribe('same', STOCK, IDLE);
      socket.subscribe('same', second, IDLE);
      expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for same already exists' });
    }
  });

  it('runs operations of different ids side by side', async () => {
    using socket = await connected();
    await listening(socket, 'a', 'side-a');
    await listening(socket, 'b', 'side-b');
    socket.subscribe('q', '{ products }');
    expect([await socket.next(), await socket.next()]).toEqual([
      { id: 'q', type: 'next', payload: { data: { products: 0 } } },
      { id: 'q', type: 'complete' },
    ]);
    await graph.sell('side-b', 2);
    await graph.sell('side-a', 1);
    expect([await socket.next(), await socket.next()]).toEqual([
      { id: 'b', type: 'next', payload: stock(2) },
      { id: 'a', type: 'next', payload: stock(1) },
    ]);
  });

  it('may use the id of a completed operation again', async () => {
    using socket = await connected();
    for (const count of [1, 2]) {
      socket.subscribe('again', '{ products }');
      expect((await socket.next()).type, `round ${count}`).toBe('next');
      expect(await socket.next()).toEqual({ id: 'again', type: 'complete' });
    }
    await listening(socket, 'again', 'first');
    socket.say({ id: 'again', type: 'complete' });
    await listening(socket, 'again', 'second');
    await graph.sell('first', 1);
    await graph.sell('second', 2);
    expect(await socket.next()).toEqual({ id: 'again', type: 'next', payload: stock(2) });
    await silent(socket);
  });

  it('starts anew under an id whose operation was completed before it had begun', async () => {
    using socket = await connected();
    socket.subscribe('x', STOCK, { sku: 'left' });
    socket.say({ id: 'x', type: 'complete' });
    socket.subscribe('x', STOCK, { sku: 'kept' });
    const isAsked = () => graph.requests.some(({ variables }) => variables?.['sku'] === 'kept');
    while (!isAsked()) await pause(10);
    await pause(50);
    await graph.sell('left', 1);
    await graph.sell('kept', 2);
    expect(available(await socket.next())).toEqual(stock(2));
    socket.subscribe('x', STOCK, { sku: 'kept' });
    expect((await socket.closed).code).toBe(4409);
  });

  it('is answered with one Error, and nothing more, when the operation is not valid', async () => {
    using socket = await connected();
    for (const query of ['{ products {', '{ nothing }', 'query A { products } query B { products }']) {
      socket.subscribe('bad', query);
      expect(await socket.next()).toEqual({
        id: 'bad',
        type: 'error',
        payload: [expect.objectContaining({ message: expect.any(String) })],
      });
    }
    await silent(socket);
    socket.subscribe('bad', '{ products }');
    expect((await socket.next()).type).toBe('next');
  });

  it('is answered with an Error when the subgraph refuses, and the id is free', async () => {
    using socket = await connected();
    socket.subscribe('mine', 'subscription { orderStatusChanged(orderId: "1") { status } }');
    expect(await socket.next()).toMatchObject({
      id: 'mine',
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    socket.subscribe('mine', '{ products }');
    expect((await socket.next()).type).toBe('next');
  });
});

describe('Complete', () => {
  it('follows the result of a query or mutation', async () => {
    using socket = await connected();
    socket.subscribe('m', 'mutation { cancel(id: "7") { id title } }');
    expect([await socket.next(), await socket.next()]).toEqual([
      { id: 'm', type: 'next', payload: { data: { cancel: { id: '7', title: 'Order 7' } } } },
      { id: 'm', type: 'complete' },
    ]);
  });

  it('of the client ends the events, and the subscription upstream', async () => {
    using socket = await connected();
    await listening(socket, 's', 'ended');
    const open = graph.open();
    socket.say({ id: 's', type: 'complete' });
    await pause(50);
    expect(graph.open()).toBe(open - 1);
    await graph.sell('ended', 1);
    await silent(socket);
  });

  it('of the client keeps the result of a query from being sent', async () => {
    using socket = await connected();
    socket.subscribe('q', '{ order(id: "1") { id title } }');
    socket.say({ id: 'q', type: 'complete' });
    await silent(socket);
  });

  it('of an unknown id is ignored, in every phase', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    socket.say({ id: 'nobody', type: 'complete' });
    socket.say({ type: 'connection_init' });
    expect((await socket.next()).type).toBe('connection_ack');
    socket.say({ id: 'nobody', type: 'complete' });
    socket.subscribe('q', '{ products }');
    expect([(await socket.next()).type, (await socket.next()).type]).toEqual(['next', 'complete']);
    socket.say({ id: 'q', type: 'complete' });
    socket.say({ type: 'ping' });
    expect((await socket.next()).type).toBe('pong');
  });
});

describe('Ping', () => {
  it('is answered by a Pong in every phase, with its payload', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    socket.say({ type: 'ping', payload: { phase: 'before' } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { phase: 'before' } });
    socket.say({ type: 'connection_init' });
    socket.say({ type: 'ping' });
    const both = [(await socket.next()).type, (await socket.next()).type].sort();
    expect(both).toEqual(['connection_ack', 'pong']);
    await listening(socket, '1', 'idle-ping');
    socket.say({ type: 'ping', payload: { phase: 'while subscribed' } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { phase: 'while subscribed' } });
  });

  it('keeps no socket without introduction alive', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    const timer = setInterval(() => socket.say({ type: 'ping' }), 50);
    expect((await socket.closed).code).toBe(4408);
    clearInterval(timer);
  });

  it('may be spared: a Pong that nobody asked for is heard in silence', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    socket.say({ type: 'pong', payload: { unasked: true } });
    socket.say({ type: 'connection_init' });
    expect((await socket.next()).type).toBe('connection_ack');
    socket.say({ type: 'pong' });
    await silent(socket);
  });
});

describe('a socket that is told to go', () => {
  it('runs nothing that is said afterwards', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    const asked = graph.requests.length;
    socket.subscribe('early', '{ products }');
    socket.say({ type: 'connection_init' });
    socket.subscribe('late', 'mutation { cancel(id: "1") { id } }');
    expect((await socket.closed).code).toBe(4401);
    expect(graph.requests.length).toBe(asked);
  });

  it('lets every subscription go when the client leaves, normally or not', async () => {
    const before = graph.open();
    for (const leave of [(raw: WebSocket) => raw.close(1000), (raw: WebSocket) => raw.terminate()]) {
      using socket = await connected();
      await listening(socket, '1', `leave-${Math.random()}`);
      expect(graph.open()).toBe(before + 1);
      leave(socket.raw);
      await pause(100);
      expect(graph.open()).toBe(before);
    }
  });

  it('is cut off when it answers no WebSocket ping', async () => {
    using socket = await connected();
    await listening(socket, '1', 'deaf');
    const open = graph.open();
    socket.raw.pause();
    await pause(600);
    expect(graph.open()).toBe(open - 1);
  });
});

describe('the reference client, graphql-ws', () => {
  it('queries, subscribes, completes and says goodbye', async () => {
    const client = createClient({ url: socketUrl(), webSocketImpl: WebSocket, retryAttempts: 0 });
    const answers = client.iterate({ query: '{ products }' });
    expect((await answers.next()).value).toEqual({ data: { products: 0 } });
    expect((await answers.next()).done).toBe(true);
    const events = client.iterate({ query: STOCK, variables: { sku: 'reference' } });
    const { first } = await graph.listening(() => ({ first: events.next() }));
    await graph.sell('reference', 3);
    expect((await first).value).toEqual(stock(3));
    await events.return?.();
    await client.dispose();
  });
});

const socketUrl = () => `${gateway.url.replace('http', 'ws')}/graphql`;

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => socket.once('open', () => resolve()).once('error', reject));
}

function closed(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
}

function disposable(socket: WebSocket) {
  socket.on('error', () => undefined);
  return { socket, [Symbol.dispose]: () => socket.terminate() };
}
