import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startTestGateway } from './test-gateway.js';

describe('GraphQL over HTTP', () => {
  it('answers 400 to an operation name nobody defined', async () => {
    await using gateway = await startTestGateway();
    const { status, body } = await gateway.ask('query A { ratings }', { operationName: 'B' });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect((await gateway.ask('query A { ratings } query B { ratings }')).status).toBe(400);
  });

  it('answers 400 to variables of the wrong type, and to documents that are not valid', async () => {
    await using gateway = await startTestGateway();
    const variables = await gateway.ask('query ($id: ID!) { product(id: $id) { name } }', { variables: {} });
    expect([variables.status, variables.body.errors?.[0]?.extensions['code']]).toEqual([
      400,
      'BAD_USER_INPUT',
    ]);
    const unknown = await gateway.ask('{ a b c d e f g }');
    expect([unknown.status, unknown.body.errors?.length]).toEqual([400, 5]);
    expect(unknown.body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await gateway.ask('{ products {')).status).toBe(400);
    expect((await gateway.ask('{ _service { sdl } }')).status).toBe(400);
    expect((await gateway.ask('{ _entities(representations: []) { __typename } }')).status).toBe(400);
  });

  it('shares a plan between operations that differ in their literals only', async () => {
    await using gateway = await startTestGateway();
    for (const id of ['p1', 'p2'])
      expect(
        (await gateway.ask(`{ product(id: "${id}") { id } byShape(shape: ROUND) { id } }`)).body,
      ).toEqual({
        data: { product: { id }, byShape: [{ id: 'p1' }, null] },
      });
    const [first, second] = gateway.graph.requests;
    expect(first?.query).toBe(second?.query);
    expect(second?.variables).toEqual({ literal_0: 'p2', literal_1: 'ROUND' });
  });

  it('tells schema names to nobody in production', async () => {
    await using gateway = await startTestGateway({
      config: { nodeEnv: 'production', playground: false, introspection: false },
    });
    expect((await gateway.ask('{ __schema { types { name } } }')).status).toBe(400);
    const { body } = await gateway.ask('{ product(id: "p1") { nam } }');
    expect(JSON.stringify(body)).not.toContain('Did you mean');
    for (const path of ['/', '/playground', '/graphql']) {
      const response = await fetch(gateway.url + path, { headers: { accept: 'text/html' } });
      expect(response.status).toBe(path === '/graphql' ? 406 : 404);
    }
  });
});

describe('a document that asks for too much', () => {
  const bomb =
    'query { ...F0 } fragment F30 on Query { ratings } ' +
    Array.from(
      { length: 30 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    ).join(' ');
  it.each([
    [
      'aliases',
      `{ ${Array.from({ length: 70 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
      'aliases',
    ],
    ['selections', `{ products { ${'name '.repeat(1_100)} } }`, 'selections'],
    ['a fragment bomb', bomb, 'selections'],
    ['depth', `{ things ${'{ a '.repeat(20)}${'} '.repeat(20)} }`, 'depth'],
    ['directives', `{ ratings ${'@include(if: true) '.repeat(70)} }`, 'directives'],
    ['root fields', `{ ${'ratings '.repeat(40)} }`, 'rootFields'],
  ])('is refused quickly for %s', async (_name, query, limit) => {
    await using gateway = await startTestGateway();
    await gateway.ask('{ ratings }');
    const startedAt = performance.now();
    const { status, body } = await gateway.ask(query);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', limit });
  });

  it('is refused for its tokens, its bytes, its page size and for coming in a batch', async () => {
    await using gateway = await startTestGateway();
    expect((await gateway.ask(`{ ${'ratings '.repeat(5_000)} }`)).status).toBe(400);
    expect((await gateway.ask(`{ ratings } # ${'x'.repeat(110_000)}`)).status).toBe(413);
    expect((await gateway.ask('{ products(first: 1000) { name } }')).body.errors?.[0]?.message).toContain(
      '100',
    );
    const batch = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ ratings }' }, { query: '{ ratings }' }]),
    });
    expect(batch.status).toBe(400);
  });
});

describe('beside GraphQL', () => {
  it('says how it is, and that it is leaving', async () => {
    let redis: 'ok' | 'unavailable' = 'ok';
    await using gateway = await startTestGateway({ readiness: () => Promise.resolve({ redis }) });
    expect(await (await fetch(`${gateway.url}/health`)).json()).toMatchObject({
      status: 'ok',
      version: '1.2.3',
    });
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    redis = 'unavailable';
    const response = await fetch(`${gateway.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ dependencies: { redis: 'unavailable' } });
  });

  it('drains: not ready at once, answers meanwhile, and asks connections to close', async () => {
    const gateway = await startTestGateway({ config: { drainMillis: 300 } });
    const closing = gateway.close();
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    const { status, headers } = await gateway.ask('{ ratings }');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closing;
    await expect(fetch(`${gateway.url}/health`)).rejects.toThrow();
  });

  it('measures requests, operations and fetches', async () => {
    await using gateway = await startTestGateway();
    await gateway.ask('query Shelf { products { rating } }', { operationName: 'Shelf' });
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(
      /http_request_duration_seconds_count\{method="POST",route="\/graphql",status_code="200"\} \d/,
    );
    expect(metrics).toMatch(
      /graphql_operation_duration_seconds_count\{operation="Shelf",kind="query",outcome="ok"\} 1/,
    );
    expect(metrics).toMatch(/subgraph_fetch_duration_seconds_count\{subgraph="reviews",outcome="ok"\} \d/);
  });

  it('tells browsers to trust nothing in an answer, and to come by https in production only', async () => {
    for (const nodeEnv of ['test', 'production'] as const) {
      await using gateway = await startTestGateway({ config: { nodeEnv } });
      for (const path of ['/graphql', '/health', '/nowhere']) {
        const { headers } = await fetch(gateway.url + path);
        expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-frame-options')).toBe('DENY');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.has('strict-transport-security')).toBe(nodeEnv === 'production');
        expect(headers.has('x-powered-by')).toBe(false);
      }
    }
  });

  it('answers other methods with those there are, bodies that are no JSON with 400 and other types with 415', async () => {
    await using gateway = await startTestGateway();
    const send = (type: string, body: string, { method = 'POST', accept = '*/*' } = {}) =>
      fetch(`${gateway.url}/graphql`, { method, headers: { 'content-type': type, accept }, body });
    const query = '{"query":"{ ratings }"}';
    const put = await send('application/json', query, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect((await send('application/json', '{"query')).status).toBe(400);
    expect((await send('text/plain', query)).status).toBe(415);
    expect((await send('application/x-www-form-urlencoded', 'query=1')).status).toBe(415);
    expect((await send('application/json', query, { accept: 'text/csv' })).status).toBe(406);
    const large = await send('application/json', `"${'x'.repeat(110_000)}"`, {
      accept: 'application/graphql-response+json',
    });
    expect([large.status, large.headers.get('content-type')]).toEqual([
      413,
      'application/graphql-response+json; charset=utf-8',
    ]);
    expect(gateway.graph.requests).toEqual([]);
  });

  it('lets listed origins call, and no other', async () => {
    await using gateway = await startTestGateway();
    const preflight = async (origin: string) =>
      (
        await fetch(`${gateway.url}/graphql`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        })
      ).headers.get('access-control-allow-origin');
    expect(await preflight('https://shop.example')).toBe('https://shop.example');
    expect(await preflight('https://evil.example')).toBeNull();
  });

  it('mounts routes of domains in this process, and forwards the paths of others byte by byte', async () => {
    const received: { url?: string; body: string; headers: Record<string, unknown> }[] = [];
    const orders = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ url: request.url, body: Buffer.concat(chunks).toString(), headers: request.headers });
        response.writeHead(202, { 'x-from': 'orders' }).end('taken');
      });
    });
    await new Promise<void>((resolve) => orders.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(orders.address() as AddressInfo).port}`;
    await using gateway = await startTestGateway({
      routes: [async (app) => void app.get('/.well-known/jwks.json', () => Promise.resolve({ keys: [] }))],
      proxies: [{ prefix: '/webhooks', origin }],
    });
    expect(await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json()).toEqual({ keys: [] });
    const body = '{"id":"evt_1",  "odd spacing": true}';
    const response = await fetch(`${gateway.url}/webhooks/stripe?x=1`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'stripe-signature': 't=1',
        'x-storegraph-proof': 'forged',
      },
      body,
    });
    expect([response.status, response.headers.get('x-from'), await response.text()]).toEqual([
      202,
      'orders',
      'taken',
    ]);
    expect(received[0]).toMatchObject({
      url: '/webhooks/stripe?x=1',
      body,
      headers: { 'stripe-signature': 't=1' },
    });
    expect(received[0]?.headers['x-storegraph-proof']).toBeUndefined();
    await new Promise((resolve) => orders.close(resolve));
    const away = await fetch(`${gateway.url}/webhooks/stripe`, { method: 'POST', body });
    expect(away.status).toBe(502);
    expect(await away.text()).not.toContain('127.0.0.1');
  });
});
