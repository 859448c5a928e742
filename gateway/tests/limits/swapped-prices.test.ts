import { describe, expect, it } from 'vitest';
import { readLimits } from '../../src/limits/limits-config.js';
import type { TestGateway } from '../test-gateway.js';
import { enter, type TestSocket } from '../test-socket.js';
import { PRODUCTS, PRODUCTS_POINTS, pricedSupergraph, startPricedGateway } from './priced-gateway.js';

const PRICE = `{ operationCost(query: "${PRODUCTS}") { requested } }`;
/** What a product costs once the catalog says so, beside nothing for its name. */
const DEARER = 4;

/** The catalog with dearer products. */
function dearer(catalog: string): string {
  return catalog
    .replace('"@inaccessible"', '"@inaccessible", "@cost"')
    .replace('type Product implements Thing', `type Product implements Thing @cost(weight: ${DEARER})`);
}

type Answered = { data?: unknown; errors?: readonly { extensions: object }[] };

const overHttp = async (gateway: TestGateway, query: string): Promise<Answered> =>
  (await gateway.ask(query)).body;

async function overSocket(socket: TestSocket, query: string): Promise<Answered> {
  socket.subscribe('a', query);
  const { type, payload } = await socket.next();
  if (type === 'error') return { errors: payload as unknown as Answered['errors'] & object };
  expect((await socket.next()).type).toBe('complete');
  return payload;
}

describe('another supergraph', () => {
  it('is priced by its own weights over every transport, and its prices are refused and told alike', async () => {
    await using gateway = await startPricedGateway(readLimits({ COST_BUDGETS: 'anonymous=20' }));
    using socket = await enter(gateway.url);
    const everywhere = (query: string) => Promise.all([overHttp(gateway, query), overSocket(socket, query)]);

    for (const answer of await everywhere(PRICE))
      expect(answer.data).toEqual({ operationCost: { requested: PRODUCTS_POINTS } });
    for (const answer of await everywhere(PRODUCTS)) expect(answer.data).toBeDefined();

    expect(await gateway.serve(pricedSupergraph(gateway.graph, dearer))).toBe('served');
    for (const answer of await everywhere(PRICE))
      expect(answer.data).toEqual({ operationCost: { requested: PRODUCTS_POINTS * DEARER } });
    for (const answer of await everywhere(PRODUCTS))
      expect(answer.errors?.[0]?.extensions).toMatchObject({ limit: 'cost', cost: 40, maximum: 20 });
  });
});
