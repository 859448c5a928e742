import { createClient, type ExecutionResult } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveGraph, type LiveGraph } from './live-graph.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { openSocket } from './test-socket.js';

/** The distinct connections mode of GraphQL over Server-Sent Events (PROTOCOL.md of graphql-sse 2). */

const STOCK = 'subscription ($sku: String!) { stockChanged(sku: $sku) { available } }';
const EVENT_STREAM = { accept: 'text/event-stream' };
/** What the gateway knows by name. */
const DOCUMENTS = { products: '{ products }', stock: STOCK, cancel: 'mutation { cancel(id: "1") { id } }' };
/** What a browser says of an EventSource on one of the gateway's own pages. */
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

let graph: LiveGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = liveGraph();
  gateway = await startTestGateway({
    graph,
    documentManifest: JSON.stringify(DOCUMENTS),
    config: { realtime: { heartbeatMillis: 100, unreadBytes: 200_000 } },
  });
});
afterAll(() => gateway.close());

type Asking = { method?: 'GET' | 'POST'; headers?: Record<string, string>; on?: TestGateway };

function ask(params: Record<string, unknown>, { method = 'POST', headers, on = gateway }: Asking = {}) {
  const leaving = new AbortController();
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const url = new URL(`${on.url}/graphql`);
  if (method === 'GET')
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, text(value));
  return fetch(url, {
    method,
    signal: leaving.signal,
    headers: {
      ...EVENT_STREAM,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(method === 'POST' ? { body: JSON.stringify(params) } : {}),
  }).then((response) => ({ response, leave: () => leaving.abort() }));
}

/** The stream's text until it ends, or until it contains something. */
async function read(response: Response, until?: string): Promise<string> {
  let text = '';
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    text += decoder.decode(step.value, { stream: true });
    if (until && text.includes(until)) break;
  }
  reader.releaseLock();
  return text;
}

const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((part) => part !== '' && part !== ':')
    .map((part) => {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      return data ? { event, data: JSON.parse(data) as ExecutionResult } : { event };
    });

const next = (data: object) => ({ event: 'next', data });
const COMPLETE = { event: 'complete' };

describe('an event stream', () => {
  it('carries the result of a query or mutation, and then its completion', async () => {
    for (const [query, data] of [
      ['{ products }', { products: 0 }],
      ['mutation { cancel(id: "7") { title } }', { cancel: { title: 'Order 7' } }],
    ]) {
      const { response } = await ask({ query });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'text/event-stream; charset=utf-8',
      ]);
      expect(eventsIn(await read(response))).toEqual([next({ data }), COMPLETE]);
    }
  });

  it('carries a subscription by GET, as EventSource asks for it, until the client goes', async () => {
    const served = graph.count('orders', 'subscription');
    const { response, leave } = await ask(
      { documentId: 'stock', variables: { sku: 'lamp' } },
      { method: 'GET', headers: OWN_PAGE },
    );
    await graph.subscribed(served + 1);
    const open = graph.open();
    await graph.sell('lamp', 4);
    await graph.sell('lamp', 3);
    const text = await read(response, '"available":3');
    expect(eventsIn(text)).toEqual([
      next({ data: { stockChanged: { available: 4 } } }),
      next({ data: { stockChanged: { available: 3 } } }),
    ]);
    leave();
    await until(() => graph.open() === open - 1);
  });

  it('is completed when the subscription is', async () => {
    const served = graph.count('orders', 'subscription');
    const { response } = await ask({ query: STOCK, variables: { sku: 'over' } });
    await graph.subscribed(served + 1);
    graph.loseSubscriptions();
    expect(eventsIn(await read(response))).toEqual([COMPLETE]);
  });

  it('reports what is wrong with the operation by an event, as the protocol wants it', async () => {
    const { response } = await ask({ query: '{ nothing }' });
    expect(response.status).toBe(200);
    expect(eventsIn(await read(response))).toEqual([
      next({ errors: [expect.objectContaining({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })] }),
      COMPLETE,
    ]);
  });

  it('keeps the limits of HTTP', async () => {
    const aliases = Array.from({ length: 500 }, (_, index) => `a${index}: products`).join(' ');
    const { response } = await ask({ query: `{ ${aliases} }` });
    expect(await read(response)).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  it('is kept alive by comments', async () => {
    const { response, leave } = await ask({ query: STOCK, variables: { sku: 'quiet' } });
    expect(await read(response, ':\n\n:\n\n:\n\n')).toMatch(/^(:\n\n)+$/);
    leave();
  });

  it('knows its viewer, and refuses a bad token before it begins', async () => {
    const query = 'subscription { orderStatusChanged(orderId: "1", afterSequence: 0) { seenBy } }';
    await graph.move('1', 'PAID');
    const authorization = `Bearer ${await gateway.token({ userId: 'ann' })}`;
    const { response, leave } = await ask({ query }, { headers: { authorization } });
    expect(await read(response, 'seenBy')).toContain('"seenBy":"ann"');
    leave();
    const guest = await ask({ query });
    expect(await read(guest.response)).toContain('UNAUTHENTICATED');
    const forged = await ask({ query }, { headers: { authorization: 'Bearer forged' } });
    expect(forged.response.status).toBe(401);
    expect(await forged.response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('ends when its token expires, and says why', async () => {
    const authorization = `Bearer ${await gateway.token({}, 2)}`;
    const { response } = await ask({ query: STOCK, variables: { sku: 'x' } }, { headers: { authorization } });
    expect(eventsIn(await read(response))).toEqual([
      next({ errors: [{ message: 'Your session has expired.', extensions: { code: 'UNAUTHENTICATED' } }] }),
      COMPLETE,
    ]);
  });

  it('is cut off when its reader is too slow', async () => {
    const served = graph.count('orders', 'subscription');
    const query = `subscription { ${Array.from({ length: 14 }, (_, index) => index)
      .map((index) => `stockChanged(sku: "slow") { a${index}: sku b${index}: seenBy }`)
      .join(' ')} }`;
    const { response } = await ask({ query });
    await graph.subscribed(served + 1);
    const open = graph.open();
    for (let sold = 0; sold < 60_000 && graph.open() === open; sold += 1) {
      await graph.sell('slow', sold);
      if (sold % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => graph.open() === open - 1);
    await expect(read(response)).rejects.toThrow();
  });

  it('is turned away from pages of foreign origins', async () => {
    for (const [origin, status] of [
      ['https://shop.example', 200],
      [gateway.url, 200],
      ['https://evil.example', 403],
      ['null', 403],
    ] as const) {
      const { response, leave } = await ask({ query: '{ products }' }, { headers: { origin } });
      expect([origin, response.status]).toEqual([origin, status]);
      leave();
    }
  });

  it('ends without its completion when the gateway leaves, so that the client comes back', async () => {
    const own = liveGraph();
    const leaving = await startTestGateway({ graph: own });
    const { response } = await ask({ query: STOCK, variables: { sku: 'x' } }, { on: leaving });
    await own.subscribed(1);
    const [text] = await Promise.all([read(response), leaving.close()]);
    expect(text).toMatch(/^(:\n\n)+$/);
    expect(own.open()).toBe(0);
  });
});

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
    const asked = graph.requests.length;
    const { response } = await ask(params, asking);
    expect([response.status, response.headers.get('allow')]).toEqual([
      status,
      status === 405 ? 'POST' : null,
    ]);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(graph.requests.length).toBe(asked);
  });

  it('may come by GET from pages of known origins, and from programs that say they are none', async () => {
    for (const [name, value] of [
      ['origin', 'https://shop.example'],
      ['apollo-require-preflight', 'yes'],
    ] as const) {
      const headers = { [name]: value };
      const { response } = await ask({ documentId: 'products' }, { method: 'GET', headers });
      expect(eventsIn(await read(response))).toEqual([next({ data: { products: 0 } }), COMPLETE]);
    }
  });

  it('is refused to a client that has as many as it may, until one is closed', async () => {
    await using own = await startTestGateway({
      graph: liveGraph(),
      config: { realtime: { streamsPerClient: 2 } },
    });
    const listen = (headers?: Record<string, string>) =>
      ask({ query: STOCK, variables: { sku: 'x' } }, { on: own, headers });
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
      const { response } = await ask({ query: '{ products }' }, { headers: { accept } });
      expect([accept, response.headers.get('content-type')]).toEqual([accept, type]);
      expect(await response.text()).toContain('{"data":{"products":0}}');
    }
  });
});

describe('the reference client, graphql-sse', () => {
  it('queries, subscribes and goes', async () => {
    const client = createClient({ url: `${gateway.url}/graphql`, retryAttempts: 0 });
    const answers = client.iterate({ query: '{ products }' });
    expect((await answers.next()).value).toEqual({ data: { products: 0 } });
    expect((await answers.next()).done).toBe(true);
    const served = graph.count('orders', 'subscription');
    const events = client.iterate({ query: STOCK, variables: { sku: 'reference' } });
    const first = events.next();
    await graph.subscribed(served + 1);
    const open = graph.open();
    await graph.sell('reference', 5);
    expect((await first).value).toEqual({ data: { stockChanged: { available: 5 } } });
    client.dispose();
    await until(() => graph.open() === open - 1);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += 10) {
    if (waited > 3_000) throw new Error('it did not become so');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

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
    using socket = await openSocket(strict.url, {});
    expect((await socket.next()).type).toBe('connection_ack');
    socket.subscribe('1', '{ __typename }');
    socket.subscribe('2', trusted);
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
    expect((await socket.next()).payload).toEqual({ data: { products: 0 } });
    const { response } = await ask({ query: '{ __typename }' }, { on: strict });
    expect(await read(response)).toContain('DOCUMENT_NOT_TRUSTED');
    const named = await ask({ documentId: 'products' }, { on: strict, method: 'GET', headers: OWN_PAGE });
    expect(await read(named.response)).toContain('{"products":0}');
  });
});
