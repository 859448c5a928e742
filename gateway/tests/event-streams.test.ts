import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveGraph, STOCK, type LiveGraph } from './live-graph.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { COMPLETE, eventsIn, next, openStream, OWN_PAGE, read } from './test-stream.js';

/**
 * The distinct connections mode of GraphQL over Server-Sent Events (PROTOCOL.md of graphql-sse 2). Which requests are let
 * in is next door.
 */

let graph: LiveGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = liveGraph();
  gateway = await startTestGateway({
    graph,
    documentManifest: JSON.stringify({ stock: STOCK }),
    config: { realtime: { heartbeatMillis: 100, unreadBytes: 200_000 } },
  });
});
afterAll(() => gateway.close());

const ask = (...asking: Parameters<typeof openStream> extends [unknown, ...infer Rest] ? Rest : never) =>
  openStream(gateway, ...asking);

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
    const { response, leave } = await graph.listening(() =>
      ask({ documentId: 'stock', variables: { sku: 'lamp' } }, { method: 'GET', headers: OWN_PAGE }),
    );
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
    const { response } = await graph.listening(() => ask({ query: STOCK, variables: { sku: 'over' } }));
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
    const query = `subscription { ${Array.from({ length: 14 }, (_, index) => index)
      .map((index) => `stockChanged(sku: "slow") { a${index}: sku b${index}: seenBy }`)
      .join(' ')} }`;
    const { response } = await graph.listening(() => ask({ query }));
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
    const { response } = await openStream(leaving, { query: STOCK, variables: { sku: 'x' } });
    await own.subscribed(1);
    const [text] = await Promise.all([read(response), leaving.close()]);
    expect(text).toMatch(/^(:\n\n)+$/);
    expect(own.open()).toBe(0);
  });
});

describe('the reference client, graphql-sse', () => {
  it('queries, subscribes and goes', async () => {
    const client = createClient({ url: `${gateway.url}/graphql`, retryAttempts: 0 });
    const answers = client.iterate({ query: '{ products }' });
    expect((await answers.next()).value).toEqual({ data: { products: 0 } });
    expect((await answers.next()).done).toBe(true);
    const events = client.iterate({ query: STOCK, variables: { sku: 'reference' } });
    const { first } = await graph.listening(() => ({ first: events.next() }));
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
