import { describe, expect, it } from 'vitest';
import { enter } from '../test-socket.js';
import type { TestGateway } from '../test-gateway.js';
import { priced, PRODUCTS, PRODUCTS_POINTS } from './priced-gateway.js';

const POINTS = 1_000;
const CHANGES = 'subscription { productChanged(id: "p1") { name } }';

const counted = () => priced({ points: { anonymous: POINTS } });

/** What a guest has spent so far; asking is free of this question's own price. */
async function spent(gateway: TestGateway): Promise<number> {
  const { headers } = await gateway.ask(PRODUCTS);
  return POINTS - Number(headers.get('ratelimit-remaining')) - PRODUCTS_POINTS;
}

describe('an operation over a live transport is charged once', () => {
  it('when it is a query or a mistake over a socket', async () => {
    await using gateway = await counted();
    using socket = await enter(gateway.url);
    socket.subscribe('query', PRODUCTS);
    expect([(await socket.next()).type, (await socket.next()).type]).toEqual(['next', 'complete']);
    expect(await spent(gateway)).toBe(PRODUCTS_POINTS);
    socket.subscribe('mistake', '{ nonsense }');
    expect((await socket.next()).type).toBe('error');
    // The query, the question above, and one point for the mistake.
    expect(await spent(gateway)).toBe(2 * PRODUCTS_POINTS + 1);
  });

  it('when it is a query over an event stream', async () => {
    await using gateway = await counted();
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query: PRODUCTS }),
    });
    expect(await response.text()).toContain('event: complete');
    expect(await spent(gateway)).toBe(PRODUCTS_POINTS);
  });

  it('when it is a subscription, however much it brings', async () => {
    await using gateway = await counted();
    using socket = await enter(gateway.url);
    socket.subscribe('1', CHANGES);
    await expect.poll(() => gateway.graph.requests.length).toBe(1);
    const price = await spent(gateway);
    expect(price).toBeGreaterThan(0);
    for (const name of ['One', 'Two', 'Three']) {
      await gateway.graph.change({ id: 'p1', name });
      expect((await socket.next()).payload).toEqual({ data: { productChanged: { name } } });
    }
    expect(await spent(gateway)).toBe(price + PRODUCTS_POINTS);
  });
});
