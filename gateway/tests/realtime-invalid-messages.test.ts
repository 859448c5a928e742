import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveGraph } from './live-graph.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { enter, openSocket } from './test-socket.js';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ graph: liveGraph() });
});
afterAll(() => gateway.close());

const connected = () => enter(gateway.url);

describe('an invalid message', () => {
  const subscribe = (payload: unknown) => ({ id: '1', type: 'subscribe', payload });
  const INVALID: readonly (readonly [what: string, message: unknown])[] = [
    ['text that is no JSON', 'hello'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['no type', { id: '1' }],
    ['a type that is no string', { type: 4 }],
    ['an unknown type', { type: 'start', id: '1', payload: { query: '{ products }' } }],
    ['a ping with a payload that is no object', { type: 'ping', payload: 'now' }],
    ['an init with a list for a payload', { type: 'connection_init', payload: [] }],
    ['a pong with a number for a payload', { type: 'pong', payload: 1 }],
    ['a subscribe without an id', { type: 'subscribe', payload: { query: '{ products }' } }],
    ['a subscribe with an empty id', { id: '', type: 'subscribe', payload: { query: '{ products }' } }],
    ['a subscribe with a numeric id', { id: 1, type: 'subscribe', payload: { query: '{ products }' } }],
    ['a subscribe without a payload', { id: '1', type: 'subscribe' }],
    ['a subscribe without a query', subscribe({})],
    ['a subscribe with a query that is no string', subscribe({ query: {} })],
    ['a subscribe with variables that are no object', subscribe({ query: '{ products }', variables: [] })],
    ['a subscribe with a name that is no string', subscribe({ query: '{ products }', operationName: 1 })],
    ['a subscribe with extensions that are no object', subscribe({ query: '{ products }', extensions: 'x' })],
    ['a complete without an id', { type: 'complete' }],
    ['a connection_ack, which servers send', { type: 'connection_ack' }],
    ['a next, which servers send', { id: '1', type: 'next', payload: { data: {} } }],
    ['an error, which servers send', { id: '1', type: 'error', payload: [{ message: 'x' }] }],
    ['an id too long to be named in a close frame', { id: 'i'.repeat(200), type: 'complete' }],
  ];

  it.each(INVALID)('closes the socket with 4400 at once: %s', async (_what, message) => {
    using socket = await connected();
    socket.raw.send(typeof message === 'string' ? message : JSON.stringify(message));
    const { code, reason } = await socket.closed;
    expect(code).toBe(4400);
    expect(reason).not.toBe('');
  });

  it('closes the socket before the handshake, too', async () => {
    using socket = await openSocket(gateway.url, 'no-handshake');
    socket.say({ type: 'hello' });
    expect((await socket.closed).code).toBe(4400);
  });

  it.each([
    ['null', null],
    ['absent', undefined],
  ])('is not one whose optional parts are %s', async (_what, nothing) => {
    using socket = await connected();
    socket.say({
      id: '1',
      type: 'subscribe',
      payload: { query: '{ products }', variables: nothing, operationName: nothing, extensions: nothing },
    });
    expect((await socket.next()).payload).toEqual({ data: { products: 0 } });
  });

  it('is not one with keys of an object prototype for ids', async () => {
    using socket = await connected();
    for (const id of ['__proto__', 'constructor', 'toString']) {
      socket.subscribe(id, '{ products }');
      expect([await socket.next(), await socket.next()]).toMatchObject([
        { id, type: 'next' },
        { id, type: 'complete' },
      ]);
    }
  });
});
