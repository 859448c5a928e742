import { describe, expect, it } from 'vitest';
import type { Fault } from './faulty-proxy.js';
import { openFaultyNetwork, type FaultyNetwork } from './faulty-network.js';

const PAGE = '{ products { name rating } }';
/** Reviews, then catalog, then reviews again: what a plan does that comes by twice. */
const TWICE = '{ ratings products { rating shippingClass } }';
const RENAME = 'mutation { rename(id: "p1", name: "x") { name } }';
const INSIDE = /127\.0\.0\.1|localhost|:\d{4,5}|ECONN|UND_ERR|socket|graphql\b.*http/i;

/** Asks, and says how long it took. */
async function timed({ gateway }: FaultyNetwork, query: string) {
  const startedAt = performance.now();
  const answer = await gateway.ask(query);
  return { ...answer, millis: performance.now() - startedAt };
}

/** What is expected of `PAGE` while reviews is away. */
function expectGap({ status, body }: Awaited<ReturnType<typeof timed>>): void {
  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      products: [
        { name: 'Lamp', rating: null },
        { name: 'Sofa', rating: null },
      ],
    },
    errors: [
      {
        message: 'This part of the shop is unavailable for the moment.',
        path: ['products', 0, 'rating'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
    extensions: { degraded: { subgraphs: ['reviews'] } },
  });
  expect(JSON.stringify(body)).not.toMatch(INSIDE);
}

describe('a subgraph behind a broken network', () => {
  it.each<[Fault, string]>([
    ['refuse', 'refuses connections'],
    ['cut', 'resets them when a request arrives'],
    ['tear', 'breaks off within its answer'],
  ])('(%s) that %s costs its fields alone, and is asked twice', async (fault) => {
    await using network = await openFaultyNetwork();
    expect((await network.gateway.ask(PAGE)).body.errors).toBeUndefined();
    network.reviews.become(fault);
    const before = network.reviews.requests();
    expectGap(await timed(network, PAGE));
    if (fault !== 'refuse') expect(network.reviews.requests() - before).toBe(2);
    network.reviews.become('pass');
    expect((await network.gateway.ask(PAGE)).body.errors).toBeUndefined();
  });

  it.each<Fault>(['cut', 'tear', 'hang'])('(%s) is asked a mutation once', async (fault) => {
    await using network = await openFaultyNetwork({ requestTimeoutMillis: 800 });
    network.catalog.become(fault);
    const { body } = await network.gateway.ask(RENAME);
    expect(body.data).toEqual({ rename: null });
    expect(body.errors?.[0]).toMatchObject({
      path: ['rename'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
    expect(network.catalog.requests()).toBe(1);
  });

  it('that is slow is waited for', async () => {
    await using network = await openFaultyNetwork();
    network.reviews.become('slow');
    const { body } = await network.gateway.ask(PAGE);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ products: [{ rating: 4 }, { rating: 5 }] });
  });

  it('that hangs is asked once, and costs no more when a plan comes by again', async () => {
    await using network = await openFaultyNetwork();
    network.reviews.become('hang');
    const once = await timed(network, PAGE);
    expect(once.millis).toBeLessThan(3_000);
    expectGap(once);
    expect(network.reviews.requests()).toBe(1);
    const again = await timed(network, TWICE);
    expect(again.millis).toBeLessThan(3_000);
    expect(again.body.errors?.length).toBeGreaterThan(0);
    expect(again.body.extensions).toEqual({ degraded: { subgraphs: ['reviews'] } });
  });
});

describe('the breaker of a subgraph', () => {
  it('opens after twenty hangs, answers at once then, and closes when the subgraph is back', async () => {
    await using network = await openFaultyNetwork({ fetchTimeoutMillis: 1_500 });
    const { gateway, reviews } = network;
    await gateway.ask(PAGE);
    reviews.become('hang');
    // Each by another name: operations that are the same at the same time are one.
    const pages = Array.from({ length: 20 }, (_, index) => `query Page${index} ${PAGE}`);
    const answers = await Promise.all(pages.map((page) => timed(network, page)));
    answers.forEach(expectGap);
    const before = reviews.requests();
    const fast = [];
    for (let asked = 0; asked < 20; asked += 1) fast.push(await timed(network, PAGE));
    fast.forEach(expectGap);
    expect(fast.map(({ millis }) => millis).sort((a, b) => a - b)[10]).toBeLessThan(50);
    expect(reviews.requests()).toBe(before);

    reviews.become('pass');
    const backAt = performance.now();
    while ((await gateway.ask(PAGE)).body.errors) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(performance.now() - backAt).toBeLessThan(15_000);
  });

  it('does not blame a subgraph for the time another one took', async () => {
    await using network = await openFaultyNetwork({ fetchTimeoutMillis: 1_000 });
    const { gateway, reviews } = network;
    network.catalog.become('slow'); // 600 of the 1,000 ms are gone when reviews is asked
    reviews.become('slow');
    const pages = Array.from({ length: 22 }, (_, index) => `query Page${index} ${PAGE}`);
    await Promise.all(pages.map((page) => gateway.ask(page)));
    network.catalog.become('pass');
    reviews.become('pass');
    expect((await gateway.ask(PAGE)).body.errors).toBeUndefined();
  });
});
