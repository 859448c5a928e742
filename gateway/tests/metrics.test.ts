import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { openSocket } from './test-socket.js';

type Samples = (name: string, labels?: Record<string, string>) => number | undefined;

/** Reads `/metrics`; the value of a sample by its name and, in any order, some of its labels. */
async function scrape(gateway: TestGateway): Promise<Samples> {
  const response = await fetch(`${gateway.url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n');
  return (name, labels = {}) => {
    const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
    const line = lines.find(
      (one) => /^[a-z_0-9]+/.exec(one)?.[0] === name && wanted.every((label) => one.includes(label)),
    );
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
}

describe('the metrics of a gateway', () => {
  it('tell of operations by kind and outcome, and of their errors by code', async () => {
    await using gateway = await startTestGateway();
    await gateway.ask('query Metered { products { name } }');
    await gateway.ask('mutation Renaming { rename(id: "p1", name: "Lamp") { id } }');
    await gateway.ask('query Denied { report }', { operationName: 'Denied' });
    gateway.graph.reviews.mode = 'down';
    await gateway.ask('query Broken { ratings }');
    const samples = await scrape(gateway);
    const count = (operation: string, kind: string, outcome: string) =>
      samples('graphql_operation_duration_seconds_count', { operation, kind, outcome });
    expect([
      count('Metered', 'query', 'ok'),
      count('Renaming', 'mutation', 'ok'),
      count('Denied', 'unknown', 'refused'),
      count('Broken', 'query', 'failed'),
    ]).toEqual([1, 1, 1, 1]);
    expect(samples('graphql_operation_errors_total', { code: 'UNAUTHENTICATED' })).toBeGreaterThan(0);
    expect(samples('graphql_operation_errors_total', { code: 'SUBGRAPH_UNAVAILABLE' })).toBeGreaterThan(0);
    expect(
      samples('subgraph_fetch_duration_seconds_count', { subgraph: 'reviews', outcome: 'unavailable' }),
    ).toBe(1);
  });

  it('tell plans made from plans remembered', async () => {
    await using gateway = await startTestGateway();
    const before = await scrape(gateway);
    for (let asked = 0; asked < 3; asked += 1) await gateway.ask('query Planned { products { id weight } }');
    const after = await scrape(gateway);
    const grown = (name: string, labels?: Record<string, string>) =>
      (after(name, labels) ?? 0) - (before(name, labels) ?? 0);
    expect(grown('graphql_plan_cache_requests_total', { outcome: 'miss' })).toBe(1);
    expect(grown('graphql_plan_cache_requests_total', { outcome: 'hit' })).toBe(2);
    expect(grown('graphql_plan_duration_seconds_count')).toBe(1);
    expect(after('graphql_plan_cache_entries')).toBe(1);
  });

  it('show what is held open, and what was said over it', async () => {
    await using gateway = await startTestGateway();
    using socket = await openSocket(gateway.url, {});
    const before = await scrape(gateway);
    await socket.next();
    socket.subscribe('a', 'subscription { productChanged(id: "p1") { name } }');
    await pause(300);
    await gateway.graph.change({ id: 'p1', name: 'Torch' });
    expect((await socket.next()).type).toBe('next');
    const during = await scrape(gateway);
    socket.say({ id: 'a', type: 'complete' });
    await pause(300);
    const after = await scrape(gateway);
    const label = { transport: 'websocket' };
    const active = [before, during, after].map((at) => at('graphql_subscriptions_active', label) ?? 0);
    expect(active).toEqual([0, 1, 0]);
    const told = (at: Samples) => at('graphql_subscription_events_total', label) ?? 0;
    expect(told(during) - told(before)).toBe(1);
  });

  it('show breakers, what runs, and how late the event loop is', async () => {
    await using gateway = await startTestGateway();
    const samples = await scrape(gateway);
    expect(samples('subgraph_circuit_state', { subgraph: 'catalog' })).toBe(0);
    expect(samples('storegraph_build_info', { service: 'gateway', version: '1.2.3' })).toBe(1);
    expect(samples('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    const label = { route: '/metrics', status_code: '200' };
    const asked = samples('http_request_duration_seconds_count', label) ?? 0;
    expect((await scrape(gateway))('http_request_duration_seconds_count', label)).toBe(asked + 1);
  });
});
