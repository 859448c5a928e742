import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { buildSchema } from '../src/platform/platform.schema.js';
import { inlineGraph } from './inline-graph.js';
import { composeInline } from './inline-subgraph.js';
import { STAFF, startTestGateway } from './test-gateway.js';

/** The inline subgraphs together with the gateway's own. */
function withPlatform() {
  const graph = inlineGraph();
  const platform = { name: 'platform', typeDefs: parse(buildSchema().sdl) };
  return { graph, supergraphSdl: composeInline([...graph.typeDefs, platform]) };
}

describe('the platform subgraph', () => {
  it('finds things by id, and lets their owner say the rest', async () => {
    await using gateway = await startTestGateway(withPlatform());
    const id = newId('product');
    await gateway.graph.change({ id, name: 'Chair' });
    const other = newId('brand');
    const { body } = await gateway.ask(
      `{ node(id: "${id}") { __typename id ... on Product { name shippingClass } }
         nodes(ids: ["${other}", "nonsense", "${id}"]) { __typename ... on Product { name } } }`,
    );
    expect(body).toEqual({
      data: {
        node: { __typename: 'Product', id, name: 'Chair', shippingClass: 'parcel' },
        nodes: [{ __typename: 'Brand' }, null, { __typename: 'Product', name: 'Chair' }],
      },
    });
  });

  it('answers null for what is gone', async () => {
    await using gateway = await startTestGateway(withPlatform());
    const { status, body } = await gateway.ask(
      `{ node(id: "${newId('product')}") { ... on Product { name } } }`,
    );
    expect([status, body.data]).toEqual([200, { node: null }]);
    expect(body.errors?.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND']);
  });

  it('tells staff how the services are', async () => {
    const { graph, supergraphSdl } = withPlatform();
    const report = () => Promise.resolve({ version: '2.0.1', eventLagSeconds: 7.5 });
    const links = graph.links.map((link) => (link.name === 'catalog' ? { ...link, report } : link));
    await using gateway = await startTestGateway({ graph, supergraphSdl, links });
    gateway.graph.reviews.mode = 'down';
    const query = '{ serviceStatus { name status circuit latencyMillis version eventLagSeconds } }';
    expect((await gateway.ask(query, { token: await gateway.token() })).status).toBe(403);
    const { body } = await gateway.ask(query, { token: await gateway.token(STAFF) });
    expect(body.data?.['serviceStatus']).toEqual([
      {
        name: 'catalog',
        status: 'AVAILABLE',
        circuit: 'CLOSED',
        latencyMillis: expect.any(Number) as number,
        version: '2.0.1',
        eventLagSeconds: 7.5,
      },
      {
        name: 'reviews',
        status: 'UNAVAILABLE',
        circuit: 'CLOSED',
        latencyMillis: null,
        version: null,
        eventLagSeconds: null,
      },
    ]);
  });
});
