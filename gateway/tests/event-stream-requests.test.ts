import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveGraph, STOCK } from './live-graph.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { enter } from './test-socket.js';
import { COMPLETE, eventsIn, next, openStream, OWN_PAGE, read } from './test-stream.js';

/** What the gateway knows by name. */
const DOCUMENTS = { products: '{ products }', cancel: 'mutation { cancel(id: "1") { id } }' };

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ graph: liveGraph(), documentManifest: JSON.stringify(DOCUMENTS) });
});
afterAll(() => gateway.close());

describe('a request for an event stream', () => {
  it.each([
    ['by POST without a body of parameters', { method: 'POST' }, { nothing: true }, 400],
    ['by GET without a query', { method: 'GET' }, {}, 400],
    [
      'by GET with variables that are no JSON',
      { method: 'GET', headers: OWN_PAGE },
      { documentId: 'products', variables: '{' },
      400,
    ],
    ['by GET for a mutation', { method: 'GET', headers: OWN_PAGE }, { documentId: 'cancel' }, 405],
    ['by GET with a text of its own', { method: 'GET', headers: OWN_PAGE }, { query: '{ products }' }, 405],
    ['by GET without a word of whose page asks', { method: 'GET' }, { documentId: 'products' }, 400],
    [
      'by GET from a page elsewhere',
      { method: 'GET', headers: { 'sec-fetch-site': 'cross-site' } },
      { documentId: 'products' },
      400,
    ],
  ] as const)('is refused %s', async (...[, asking, params, status]) => {
    const asked = gateway.graph.requests.length;
    const { response } = await openStream(gateway, params, asking);
    expect([response.status, response.headers.get('allow')]).toEqual([
      status,
      status === 405 ? 'POST' : null,
    ]);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gateway.graph.requests.length).toBe(asked);
  });

  it('may come by GET from pages of known origins, and from programs that say they are none', async () => {
    for (const [name, value] of [
      ['origin', 'https://shop.example'],
      ['apollo-require-preflight', 'yes'],
    ] as const) {
      const headers = { [name]: value };
      const { response } = await openStream(gateway, { documentId: 'products' }, { method: 'GET', headers });
      expect(eventsIn(await read(response))).toEqual([next({ data: { products: 0 } }), COMPLETE]);
    }
  });

  it('is refused to a client that has as many as it may, until one is closed', async () => {
    await using own = await startTestGateway({
      graph: liveGraph(),
      config: { realtime: { streamsPerClient: 2 } },
    });
    const listen = (headers?: Record<string, string>) =>
      openStream(own, { query: STOCK, variables: { sku: 'x' } }, { headers });
    const [first, second] = [await listen(), await listen()];
    expect([first.response.status, second.response.status]).toEqual([200, 200]);
    const third = await listen();
    expect([third.response.status, await third.response.json()]).toEqual([
      429,
      {
        errors: [
          expect.objectContaining({
            message: 'A client has at most 2 event streams at a time.',
            extensions: { code: 'RATE_LIMITED' },
          }),
        ],
      },
    ]);
    // A person is not held up by the guests of the same network.
    const person = await listen({ authorization: `Bearer ${await own.token()}` });
    expect(person.response.status).toBe(200);
    first.leave();
    await expect.poll(async () => (await listen()).response.status).toBe(200);
    expect((await listen()).response.status).toBe(429);
  });

  it('is told by the Accept header; everything else is answered with JSON', async () => {
    for (const [accept, type] of [
      ['text/event-stream', 'text/event-stream; charset=utf-8'],
      ['text/event-stream, application/json;q=0.9', 'text/event-stream; charset=utf-8'],
      ['application/json, text/event-stream;q=0.1', 'application/json; charset=utf-8'],
      ['application/json', 'application/json; charset=utf-8'],
      ['*/*', 'application/json; charset=utf-8'],
    ] as const) {
      const { response } = await openStream(gateway, { query: '{ products }' }, { headers: { accept } });
      expect([accept, response.headers.get('content-type')]).toEqual([accept, type]);
      expect(await response.text()).toContain('{"data":{"products":0}}');
    }
  });
});

describe('where only trusted documents are run', () => {
  const trusted = '{ products }';
  const start = () =>
    startTestGateway({
      graph: liveGraph(),
      config: { allowList: 'only' },
      documentManifest: JSON.stringify({ products: trusted }),
    });

  it('streams and sockets run no others', async () => {
    await using strict = await start();
    using socket = await enter(strict.url);
    socket.subscribe('1', '{ __typename }');
    socket.subscribe('2', trusted);
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
    expect((await socket.next()).payload).toEqual({ data: { products: 0 } });
    const { response } = await openStream(strict, { query: '{ __typename }' });
    expect(await read(response)).toContain('DOCUMENT_NOT_TRUSTED');
    const named = await openStream(strict, { documentId: 'products' }, { method: 'GET', headers: OWN_PAGE });
    expect(await read(named.response)).toContain('{"products":0}');
  });
});
