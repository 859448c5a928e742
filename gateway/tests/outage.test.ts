import { describe, expect, it } from 'vitest';
import { startTestGateway } from './test-gateway.js';

const PAGE = '{ products { name rating } }';
const DOWN = {
  message: 'This part of the shop is unavailable for the moment.',
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
};

describe('a subgraph that is down', () => {
  it.each(['compiled', 'stock'] as const)(
    'leaves its fields null with one error that has a path and no address (%s)',
    async (executor) => {
      await using gateway = await startTestGateway({ config: { executor } });
      gateway.graph.reviews.mode = 'down';
      const { status, body } = await gateway.ask(PAGE);
      expect(status).toBe(200);
      expect(body).toEqual({
        data: {
          products: [
            { name: 'Lamp', rating: null },
            { name: 'Sofa', rating: null },
          ],
        },
        errors: [{ ...DOWN, path: ['products', 0, 'rating'] }],
        extensions: { degraded: { subgraphs: ['reviews'] } },
      });
    },
  );

  it.each(['compiled', 'stock'] as const)(
    'is named by the path of each root field it owed (%s)',
    async (executor) => {
      await using gateway = await startTestGateway({ config: { executor } });
      gateway.graph.catalog.mode = 'down';
      const { status, body } = await gateway.ask(
        '{ a: product(id: "p1") { name } b: product(id: "p2") { name } ratings }',
      );
      expect(status).toBe(200);
      expect(body).toEqual({
        data: { a: null, b: null, ratings: [4, 5] },
        errors: [
          { ...DOWN, path: ['a'] },
          { ...DOWN, path: ['b'] },
        ],
        extensions: { degraded: { subgraphs: ['catalog'] } },
      });
      expect(JSON.stringify(body)).not.toMatch(/10\.0\.0|ECONN|4002/);
    },
  );

  it('is named at every path it owed entities to, though they were asked for together', async () => {
    await using gateway = await startTestGateway();
    gateway.graph.reviews.mode = 'down';
    const { body } = await gateway.ask(
      '{ products { rating } first: product(id: "p1") { rating } second: product(id: "p2") { class: shippingClass } }',
    );
    const asked = gateway.graph.requests.filter(({ subgraph }) => subgraph === 'reviews');
    expect(new Set(asked.map(({ query }) => query)).size).toBe(1);
    expect(body.data).toEqual({
      products: [{ rating: null }, { rating: null }],
      first: { rating: null },
      second: { class: null },
    });
    expect(body.errors).toEqual([
      { ...DOWN, path: ['products', 0, 'rating'] },
      { ...DOWN, path: ['first', 'rating'] },
      { ...DOWN, path: ['second', 'class'] },
    ]);
  });

  it('is asked a query twice and a mutation once', async () => {
    await using gateway = await startTestGateway();
    gateway.graph.catalog.mode = 'down';
    await gateway.ask('{ product(id: "p1") { name } }');
    expect(gateway.graph.requests).toHaveLength(2);
    await gateway.ask('mutation { rename(id: "p1", name: "x") { name } }');
    expect(gateway.graph.requests).toHaveLength(3);
  });

  it('is left alone after twenty failures, and answered for at once', async () => {
    await using gateway = await startTestGateway();
    gateway.graph.reviews.mode = 'down';
    for (let asked = 0; asked < 12; asked += 1) await gateway.ask(PAGE);
    const requests = gateway.graph.requests.length;
    const startedAt = performance.now();
    const { body } = await gateway.ask(PAGE);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(body.errors).toEqual([{ ...DOWN, path: ['products', 0, 'rating'] }]);
    expect(gateway.graph.requests.slice(requests).map(({ subgraph }) => subgraph)).toEqual(['catalog']);
  });

  it('does not keep the gateway from starting', async () => {
    await using gateway = await startTestGateway({ links: [] });
    const { status, body } = await gateway.ask('{ product(id: "p1") { name } }');
    expect(status).toBe(200);
    expect(body.errors).toEqual([{ ...DOWN, path: ['product'] }]);
  });
});

describe('a subgraph that hangs', () => {
  it('costs the client no more than the fetch timeout', async () => {
    await using gateway = await startTestGateway({ config: { fetchTimeoutMillis: 200 } });
    gateway.graph.reviews.mode = 'hanging';
    const startedAt = performance.now();
    const { body } = await gateway.ask(PAGE);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    expect(body.data?.['products']).toHaveLength(2);
    expect(body.errors).toEqual([{ ...DOWN, path: ['products', 0, 'rating'] }]);
  });

  it('holds a mutation no longer than the operation may take', async () => {
    await using gateway = await startTestGateway({ config: { requestTimeoutMillis: 300 } });
    gateway.graph.catalog.mode = 'hanging';
    const { body } = await gateway.ask('mutation { rename(id: "p1", name: "x") { name } }');
    expect(body.errors).toEqual([{ ...DOWN, path: ['rename'] }]);
  });
});

describe('an error of a subgraph', () => {
  it('keeps its code and reason, and has the path of the answer', async () => {
    await using gateway = await startTestGateway();
    const { body } = await gateway.ask('{ no: refused product(id: "p1") { name } }');
    expect(body.data).toEqual({ no: null, product: { name: 'Lamp' } });
    expect(body.errors).toEqual([
      { message: 'Not for you.', path: ['no'], extensions: { code: 'FORBIDDEN', reason: 'test' } },
    ]);
  });

  it('tells nothing but a correlation id when it was a surprise', async () => {
    await using gateway = await startTestGateway();
    const { status, body, headers } = await gateway.ask('{ broken }', {
      headers: { 'x-correlation-id': 'test-correlation-1' },
    });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|10\.0\.0\.7/);
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      correlationId: 'test-correlation-1',
    });
    expect(headers.get('x-correlation-id')).toBe('test-correlation-1');
  });
});
