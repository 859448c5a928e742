import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RATE_LIMITS } from '../../src/limits/rate-limits.js';
import { inlineGraph } from '../inline-graph.js';
import { STAFF, startTestGateway, type TestGateway } from '../test-gateway.js';

const PAGE = 'query Page { products { name rating } }';
const ACCOUNT = 'query Account { account { id email } }';
const REPORT = 'query Report { report }';
const NO_LONGER_VALID = 'query Gone { gone }';
const MANIFEST = JSON.stringify({ page: PAGE, account: ACCOUNT, report: REPORT, gone: NO_LONGER_VALID });

const graph = inlineGraph();
/** The same graph, with a description more. */
const NEXT = graph.supergraphSdl.replace('enum Shape', '"A form."\nenum Shape');

/** How many plans this process has made; everything in it counts. */
async function plansMade({ url }: TestGateway): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^graphql_plan_duration_seconds_count\S* (\d+)$/m.exec(text)?.[1] ?? 0);
}

/** Asks everything that was promised, as whoever may. @returns how many plans had to be made for that */
async function askAll(gateway: TestGateway): Promise<number> {
  const before = await plansMade(gateway);
  const answers = [
    await gateway.ask(PAGE),
    await gateway.ask(PAGE, { token: await gateway.token() }),
    await gateway.ask(ACCOUNT, { token: await gateway.token() }),
    await gateway.ask(REPORT, { token: await gateway.token(STAFF) }),
  ];
  expect(answers.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
  return (await plansMade(gateway)) - before;
}

describe('the plans of promised documents', () => {
  it('are made at the start, for guests and for people, while requests are answered', async () => {
    await using unaware = await startTestGateway({ graph });
    const before = await plansMade(unaware);
    expect(await askAll(unaware)).toBe(3);

    await using gateway = await startTestGateway({ graph, documentManifest: MANIFEST });
    for (let tries = 0; tries < 100 && (await plansMade(gateway)) < before + 6; tries += 1) await sleep(20);
    expect(await askAll(gateway)).toBe(0);
  });

  it('and of what was asked most are made before another supergraph is served', async () => {
    await using gateway = await startTestGateway({ graph, documentManifest: MANIFEST });
    const asked = '{ product(id: "p1") { name shippingClass } }';
    await gateway.ask(asked);
    expect(await gateway.serve(NEXT)).toBe('served');
    expect(await askAll(gateway)).toBe(0);
    const before = await plansMade(gateway);
    expect((await gateway.ask(asked)).body.errors).toBeUndefined();
    expect(await plansMade(gateway)).toBe(before);
  });

  it('cost nobody any points', async () => {
    const limits = { rateLimits: DEFAULT_RATE_LIMITS };
    await using gateway = await startTestGateway({ graph, documentManifest: MANIFEST, config: { limits } });
    const left = async () => Number((await gateway.ask(PAGE)).headers.get('ratelimit-remaining'));
    const [first, second] = [await left(), await left()];
    const price = first - second;
    expect(price).toBeGreaterThan(0);
    await gateway.serve(NEXT);
    expect(await left()).toBe(second - price);
  });
});
