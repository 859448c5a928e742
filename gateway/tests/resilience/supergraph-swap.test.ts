import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { inlineGraph } from '../inline-graph.js';
import { composeInline } from '../inline-subgraph.js';
import { startTestGateway } from '../test-gateway.js';
import { enter } from '../test-socket.js';
import { keepAsking, outcomesOf } from './load.js';

const QUERIES = [
  '{ products { name rating } }',
  '{ product(id: "p1") { name shippingClass } }',
  'mutation { rename(id: "p2", name: "Sofa") { name } }',
];
const graph = inlineGraph();

/** The same graph with a field more: what a release looks like to clients of the one before. */
const GROWN = compose((typeDefs) => typeDefs.replace('weight: Int!', 'weight: Int! colour: String'));
/** The same graph, with a field that only members see now. */
const GUARDED = compose((typeDefs) =>
  typeDefs.replace('report: String', 'ping: String @authenticated report: String'),
);

function compose(change: (typeDefs: string) => string): string {
  const subgraphs = graph.typeDefs.map(({ name, typeDefs }) => ({
    name,
    typeDefs: name === 'catalog' ? parse(change(typeDefs.loc?.source.body ?? '')) : typeDefs,
  }));
  return composeInline(subgraphs);
}

describe('another supergraph', () => {
  it('is served from one request to the next, five times under load, without a failed one', async () => {
    await using gateway = await startTestGateway({ graph });
    const load = keepAsking(gateway.url, {
      clients: 6,
      query: (count) => QUERIES[count % QUERIES.length] ?? '',
    });
    for (const sdl of [GROWN, graph.supergraphSdl, GROWN, GUARDED, GROWN]) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(await gateway.serve(sdl)).toBe('served');
      const { body } = await gateway.ask(
        '{ product(id: "p1") { __typename } colours: __type(name: "Product") { fields { name } } }',
      );
      expect(JSON.stringify(body).includes('"colour"')).toBe(sdl === GROWN);
    }
    const samples = await load.stop();
    expect([...outcomesOf(samples).keys()]).toEqual([200]);
    expect(samples.length).toBeGreaterThan(30);
  });

  it('leaves sockets open, and lets subscriptions go on', async () => {
    await using gateway = await startTestGateway({ graph });
    using socket = await enter(gateway.url);
    socket.subscribe('1', 'subscription { productChanged(id: "p1") { name rating } }');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await gateway.serve(GROWN);
    await graph.change({ id: 'p1', name: 'Lantern' });
    expect(await socket.next()).toMatchObject({
      id: '1',
      type: 'next',
      payload: { data: { productChanged: { name: 'Lantern', rating: 4 } } },
    });
    // And new ones see the new graph.
    socket.subscribe('2', '{ __type(name: "Product") { fields { name } } }');
    expect(JSON.stringify(await socket.next())).toContain('"colour"');
  });

  it.each([
    ['no GraphQL', 'type {'],
    ['no supergraph', 'type Query { a: Int }'],
    [
      'one without access rules',
      graph.supergraphSdl.replace(/@(authenticated|requiresScopes|policy)\b(?!:)(\([^)]*\))?(?=[\s}])/g, ''),
    ],
    ['an empty file', ''],
  ])('that is %s is refused, and changes nothing', async (_what, sdl) => {
    await using gateway = await startTestGateway({ graph });
    await expect(gateway.serve(sdl)).rejects.toThrow();
    expect((await gateway.ask(QUERIES[0] ?? '')).body.errors).toBeUndefined();
    expect(await gateway.serve(graph.supergraphSdl)).toBe('unchanged');
  });

  it('is guarded by its own rules from the first request on', async () => {
    await using gateway = await startTestGateway({ graph });
    using socket = await enter(gateway.url);
    await gateway.serve(GUARDED);
    socket.subscribe('1', '{ ping }');
    expect(JSON.stringify(await socket.next())).toContain('"UNAUTHENTICATED"');
  });
});
