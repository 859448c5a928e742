import { describe, expect, it } from 'vitest';
import { enter } from '../test-socket.js';
import { startTestGateway } from '../test-gateway.js';
import { inlineGraph, type InlineGraph } from '../inline-graph.js';
import { keepAsking, outcomesOf, percentile, sample } from './load.js';

const AT_ONCE = 5;
const WORK_MILLIS = 100;
/** Long enough for a test to look while it lasts. */
const LONG_MILLIS = 500;
const QUERY = '{ products { name rating } }';
/** Different each time: identical queries at the same time share one answer. */
const query = (count: number) => `query Q${count % 50} { p${count % 50}: products { name rating } }`;

/** Subgraphs that take their time for each fetch. */
function slowGraph(millis: number): InlineGraph {
  const graph = inlineGraph();
  const slowed = graph.links.map((link): InlineGraph['links'][number] => ({
    ...link,
    async execute(request) {
      await new Promise((resolve) => setTimeout(resolve, millis));
      return link.execute(request);
    },
  }));
  return { ...graph, links: slowed };
}

describe('five times the load a gateway has capacity for', () => {
  it('is refused but for what it can do, in good time, and is over when the load is', async () => {
    await using gateway = await startTestGateway({
      graph: slowGraph(WORK_MILLIS),
      config: { operationsAtOnce: AT_ONCE },
    });
    for (let count = 0; count < 50; count += 1) await sample(gateway.url, query(count));

    const load = keepAsking(gateway.url, { clients: AT_ONCE * 5, query });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // Whoever watches over the process is still answered.
    const health = await fetch(`${gateway.url}/health/ready`);
    const samples = await load.stop();
    const accepted = samples.filter(({ outcome }) => outcome === 200);
    const refused = samples.filter(({ outcome }) => outcome === 503);

    expect(health.status).toBe(200);
    expect([...outcomesOf(samples).keys()].sort()).toEqual([200, 503]);
    expect(accepted.length).toBeGreaterThan(AT_ONCE);
    expect(percentile(accepted, 0.99)).toBeLessThan(2_000);
    for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect((await sample(gateway.url, QUERY)).outcome).toBe(200);
  });

  it('says so in the words of GraphQL, over HTTP and over a socket', async () => {
    await using gateway = await startTestGateway({
      graph: slowGraph(LONG_MILLIS),
      config: { operationsAtOnce: 1 },
    });
    using socket = await enter(gateway.url);
    const running = gateway.ask(QUERY);
    await new Promise((resolve) => setTimeout(resolve, LONG_MILLIS / 2));
    const { status, headers, body } = await gateway.ask(QUERY);
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^[123]$/);
    expect(headers.get('x-correlation-id')).not.toBeNull();
    expect(body.errors?.[0]?.extensions['code']).toBe('OVERLOADED');

    socket.subscribe('1', QUERY);
    const told = await socket.next();
    expect(told.type).toBe('error');
    expect(JSON.stringify(told.payload)).toContain('"OVERLOADED"');
    expect((await running).body.errors).toBeUndefined();
  });

  it('counts operations whose clients have left until they have ended', async () => {
    await using gateway = await startTestGateway({
      graph: slowGraph(LONG_MILLIS),
      config: { operationsAtOnce: 1 },
    });
    const leaving = new AbortController();
    const left = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
      signal: leaving.signal,
    }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, LONG_MILLIS / 2));
    leaving.abort();
    await left;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await gateway.ask(QUERY)).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, LONG_MILLIS * 3));
    expect((await gateway.ask(QUERY)).status).toBe(200);
  });
});
