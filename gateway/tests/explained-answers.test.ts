import { describe, expect, it } from 'vitest';
import { scopesOf, type Role } from '@storegraph/identity';
import { startTestGateway, type TestGateway } from './test-gateway.js';

const QUERY = 'query Shelf($id: ID!) { product(id: $id) { name rating } products { shippingClass } }';
const TRACE = { 'x-storegraph-trace': 'plan' };
const VARIABLES = { id: 'p1' };

type Explained = {
  queryPlan: { text: string; node: { kind: string } };
  timings: { totalMillis: number; fetches: { subgraph: string; durationMillis: number; outcome: string }[] };
};

async function askAs(gateway: TestGateway, role: Role | null, headers: Record<string, string>) {
  const token = role ? await gateway.token({ role, scopes: [...scopesOf(role)] }) : undefined;
  const { body } = await gateway.ask(QUERY, {
    variables: VARIABLES,
    headers,
    ...(token ? { token } : {}),
  });
  return body as typeof body & { extensions?: Explained };
}

describe('an answer to somebody who asks for its plan', () => {
  it.each(['staff', 'admin'] as const)('tells %s the plan and the time of each fetch', async (role) => {
    await using gateway = await startTestGateway();
    const { data, extensions } = await askAs(gateway, role, TRACE);
    expect(data?.['product']).toEqual({ name: 'Lamp', rating: 4 });
    expect(extensions?.queryPlan).toMatchObject({
      text: 'catalog{product, products} → (reviews[Product] at product | reviews[Product] at products.@)',
      node: { kind: 'sequence' },
    });
    const { totalMillis, fetches } = extensions?.timings ?? { totalMillis: 0, fetches: [] };
    expect(fetches.map(({ subgraph, outcome }) => `${subgraph} ${outcome}`)).toEqual([
      'catalog ok',
      'reviews ok',
    ]);
    expect(totalMillis).toBeGreaterThan(0);
    expect(fetches.every(({ durationMillis }) => durationMillis <= totalMillis)).toBe(true);
  });

  it.each([null, 'customer', 'seller'] as const)('tells %s nothing', async (role) => {
    await using gateway = await startTestGateway();
    const { data, extensions } = await askAs(gateway, role, TRACE);
    expect(data?.['product']).toEqual({ name: 'Lamp', rating: 4 });
    expect(extensions).toBeUndefined();
  });

  it('tells staff nothing they did not ask for', async () => {
    await using gateway = await startTestGateway();
    expect((await askAs(gateway, 'staff', {})).extensions).toBeUndefined();
    expect(
      (await askAs(gateway, 'staff', { 'x-storegraph-trace': 'everything' })).extensions,
    ).toBeUndefined();
  });

  it('says which fetch failed', async () => {
    await using gateway = await startTestGateway();
    gateway.graph.reviews.mode = 'down';
    const { extensions } = await askAs(gateway, 'staff', TRACE);
    expect(extensions?.timings.fetches.map(({ outcome }) => outcome)).toEqual(['ok', 'unavailable']);
  });
});
