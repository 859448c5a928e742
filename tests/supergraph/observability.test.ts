import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type RunningGateway } from '../../gateway/src/gateway.js';
import { connectMessaging, type Messaging } from '../../packages/events/src/index.js';
import { scopesOf, signAccessToken } from '../../packages/identity/src/index.js';
import { createLogger, startTracing, type Tracing } from '../../packages/observability/src/index.js';
import {
  createRemoteLink,
  listen,
  type ListeningSubgraph,
  type SubgraphLink,
} from '../../packages/subgraph-server/src/index.js';
import { startTestSubgraph, TEST_SERVICE_KEY } from '../../packages/testkit/src/index.js';
import { catalog } from '../../subgraphs/catalog/src/subgraph.js';
import { reviews } from '../../subgraphs/reviews/src/subgraph.js';
import { startCollector, type Collector, type ReceivedSpan } from './shop/trace-collector.js';

const SUPERGRAPH = join(import.meta.dirname, '../../schema/supergraph.graphql');
const OPENING_MILLIS = 120_000; // two databases are made and migrated, on a machine that may be busy
const PARTIES = { issuer: 'storegraph', audience: 'storegraph-api' };
/** The trace of a client that traces too (W3C Trace Context). */
const CLIENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const SECRET_NAME = "Ann O'Hara's own lamp";
const SECRET_SKU = 'SKU-OF-ANN';

const SAVE = `mutation SaveLamp($input: SaveProductInput!) {
  saveProduct(input: $input) { ... on SaveProductSuccess { product { name } } ... on UserError { message } } }`;

let collector: Collector;
let tracing: Tracing;
let messaging: Messaging;
let server: ListeningSubgraph;
let link: SubgraphLink;
let gateway: RunningGateway;
let settled: () => Promise<void>;
let token: string;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  collector = await startCollector();
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url;
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '50';
  tracing = await startTracing({ service: 'storegraph', version: '1.2.3', log: createLogger('test') });
  messaging = connectMessaging();
  const config = {
    quoteKey: 'a-quote-key-that-only-tests-ever-use-1',
    publicUrl: 'http://shop.example',
    importFolder: join(tmpdir(), 'storegraph-test-tracing'),
    currency: 'USD',
  };
  const goods = await startTestSubgraph(catalog, { config, messaging });
  const opinions = await startTestSubgraph(reviews, { config: {}, messaging });
  server = await listen(goods.subgraph, { host: '127.0.0.1', port: 0, version: '1.2.3' });
  // As in production: the catalog is another process as far as the gateway can tell.
  link = createRemoteLink({ name: 'catalog', url: `${server.url}/graphql`, timeoutMillis: 5_000 });
  settled = async () => {
    await goods.subgraph.drained();
    await opinions.subgraph.drained();
  };
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  token = await signAccessToken(
    { userId: 'u1', role: 'staff', scopes: [...scopesOf('staff')], sessionId: 's1', sellerId: null },
    { key: privateKey, kid: 'k1', ttlSeconds: 300, ...PARTIES },
  );
  gateway = await startGateway({
    config: {
      host: '127.0.0.1',
      port: 0,
      nodeEnv: 'test',
      publicUrl: null,
      playground: false,
      introspection: false,
      corsOrigins: [],
      version: '1.2.3',
    },
    supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
    links: [link, opinions.subgraph],
    accessTokens: { keys: () => publicKey, ...PARTIES },
    serviceKeys: [TEST_SERVICE_KEY],
  });
  closing.push(
    () => gateway.close(),
    () => link.close(),
    () => server.close(),
    async () => goods[Symbol.asyncDispose](),
    async () => opinions[Symbol.asyncDispose](),
    () => messaging.close(),
    () => tracing.close(),
    async () => collector[Symbol.asyncDispose](),
  );
}, OPENING_MILLIS);

afterAll(async () => {
  for (const close of closing) await close();
  delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  delete process.env['OTEL_BSP_SCHEDULE_DELAY'];
});

function ask(query: string, variables: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

/** The names from a span up to the first one whose parent is not ours. */
function ancestry(span: ReceivedSpan): string[] {
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? ancestry(parent) : [])];
}

describe('one trace', () => {
  test('goes from the client through gateway, subgraph and database to whoever hears of it', async () => {
    const input = { name: SECRET_NAME, status: 'ACTIVE', variants: [{ sku: SECRET_SKU, price: '10.00' }] };
    const traceparent = `00-${CLIENT.traceId}-${CLIENT.spanId}-01`;
    const response = await ask(SAVE, { input }, { traceparent });
    expect(await response.json()).toEqual({ data: { saveProduct: { product: { name: SECRET_NAME } } } });
    expect(response.headers.get('x-correlation-id')).toBe(CLIENT.traceId);
    await settled();

    const handled = await collector.span('process product.saved');
    expect(ancestry(handled)).toEqual([
      'process product.saved',
      'send events',
      'mutation catalog',
      'POST /graphql', // the subgraph's own door
      'fetch catalog',
      'mutation SaveLamp',
      'POST /graphql', // the gateway's
    ]);
    const door = collector.spans.find(({ parentSpanId }) => parentSpanId === CLIENT.spanId);
    expect(door).toMatchObject({ traceId: CLIENT.traceId, kind: 'server', name: 'POST /graphql' });

    const written = await collector.span('INSERT outbox_events');
    expect(ancestry(written).slice(0, 3)).toEqual([
      'INSERT outbox_events',
      'send events',
      'mutation catalog',
    ]);
    const reaction = collector.spans.find(
      ({ name, parentSpanId }) => name === 'INSERT inbox_events' && parentSpanId === handled.spanId,
    );
    expect(reaction?.attributes).toMatchObject({
      'db.system.name': 'postgresql',
      'db.namespace': 'reviews',
      'db.operation.name': 'INSERT',
    });
    const ours = collector.spans.filter(({ traceId }) => traceId === CLIENT.traceId);
    expect(ours.filter(({ hasFailed }) => hasFailed)).toEqual([]);
    expect(new Set(ours.map(({ kind }) => kind))).toEqual(
      new Set(['internal', 'server', 'client', 'producer', 'consumer']),
    );
    expect(handled.service).toBe('storegraph');
  });

  test('tells nothing that people entered, and no address', () => {
    const everything = collector.texts.join('\n');
    expect(everything.length).toBeGreaterThan(1_000);
    for (const secret of [SECRET_NAME, 'O’Hara', 'Hara', SECRET_SKU, token, '127.0.0.1'])
      expect(everything).not.toContain(secret);
  });

  test('begins at the gateway when the client does not trace, and marks what failed', async () => {
    // Nobody serves orders here.
    const response = await ask('query Warehouses { warehouses { name } }', {});
    const correlationId = response.headers.get('x-correlation-id');
    expect(((await response.json()) as { errors: unknown[] }).errors).toHaveLength(1);

    const fetched = await collector.span('fetch orders');
    const door = await collector.span('POST /graphql', fetched.traceId);
    expect(fetched).toMatchObject({ hasFailed: true, attributes: { 'error.type': 'unavailable' } });
    expect([door.parentSpanId, door.traceId, fetched.traceId]).toEqual(['', correlationId, correlationId]);
  });
});

describe('the status', () => {
  test('tells the version of each service and how far its events are behind, in process and over HTTP', async () => {
    const response = await fetch(`${gateway.url}/api/status.json`);
    const { services } = (await response.json()) as { services: object[] };
    expect(services).toMatchObject(
      ['catalog', 'reviews'].map((name) => ({
        name,
        status: 'available',
        version: '1.2.3',
        eventLagSeconds: expect.any(Number) as number,
      })),
    );
  });
});

describe('the metrics', () => {
  test('tell of everything that happened', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    for (const sample of [
      'subgraph_operation_duration_seconds_count{subgraph="catalog",outcome="ok"}',
      'subgraph_fetch_duration_seconds_count{subgraph="catalog",outcome="ok"}',
      'subgraph_fetch_duration_seconds_count{subgraph="orders",outcome="unavailable"}',
      'event_handling_duration_seconds_count{domain="reviews",type="product.saved",outcome="ok"}',
      'database_pool_connections{domain="catalog",state="idle"}',
      'database_pool_waiting_requests{domain="reviews"}',
    ])
      expect(text).toMatch(new RegExp(`^${escaped(sample)} \\d`, 'm'));
    expect(text).toMatch(/^graphql_operation_cost_points_count [1-9]/m);
    expect(text).toMatch(/^graphql_operation_cost_points_sum [1-9]/m);
    // Kept by domains that have run for a while.
    for (const family of ['outbox_unpublished_events', 'outbox_lag_seconds', 'dead_letters'])
      expect(text).toContain(`# TYPE ${family} gauge`);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[{}]/g, '\\$&');
}
