import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineGraph } from './inline-graph.js';
import { startGatewayProcess } from './resilience/gateway-process.js';
import { serveSubgraph, type ServedSubgraph } from './resilience/served-subgraph.js';

const graph = inlineGraph();
let folder: string;
let catalog: ServedSubgraph;

const ask = (url: string, query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  await writeFile(join(folder, 'supergraph.graphql'), graph.supergraphSdl);
  const [link] = graph.links;
  if (!link) throw new RangeError('the graph has no subgraph');
  catalog = await serveSubgraph(link);
});

afterAll(async () => {
  await catalog[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('the gateway as a process of its own', () => {
  it('starts with subgraphs missing, and leaves on SIGTERM without dropping a request', async () => {
    using gateway = await startGatewayProcess({
      DRAIN_SECONDS: '3',
      SUPERGRAPH_FILE: join(folder, 'supergraph.graphql'),
      CATALOG_URL: catalog.url,
    });
    const { url, child, exited } = gateway;
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await (await ask(url, '{ product(id: "p1") { name rating } }')).json()).toMatchObject({
      data: { product: { name: 'Lamp', rating: null } },
      errors: [{ path: ['product', 'rating'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    // The keys to check a token with cannot be had: that is an outage, and no judgement about the token.
    const token = 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.e30.AAAA';
    expect((await ask(url, '{ ratings }', { authorization: `Bearer ${token}` })).status).toBe(503);

    // As behind a balancer: nothing new is sent once the gateway says it is not ready.
    let isReady = true;
    const outcomes = new Map<number | string, number>();
    const client = async (): Promise<void> => {
      while (isReady) {
        const outcome = await ask(url, '{ product(id: "p1") { name } }').then(
          ({ status }) => status,
          (error: Error) => String(error.cause),
        );
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    };
    const clients = Promise.all(Array.from({ length: 8 }, client));
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGTERM');
    while (isReady) isReady = (await fetch(`${url}/health/ready`)).ok;
    await clients;
    expect([...outcomes.keys()]).toEqual([200]);
    expect(await exited).toBe(0);
  });
});
