import { setTimeout as sleep } from 'node:timers/promises';
import { expect, describe, it } from 'vitest';
import { createProofVerifier } from '@storegraph/identity';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import { inlineGraph } from '../inline-graph.js';
import { SERVICE_KEY } from '../inline-subgraph.js';
import { startTestGateway } from '../test-gateway.js';
import { openFaultyNetwork } from './faulty-network.js';

const PAGE = '{ products { name rating } }';
const verify = createProofVerifier({ keys: [SERVICE_KEY] });

/** One request as a subgraph gets it. */
type Asked = {
  readonly subgraph: string;
  /** What the proof leaves it, in milliseconds from its arrival. */
  readonly leftMillis: number;
  /** How long the gateway itself waits. */
  readonly withinMillis: number;
};

/** The subgraphs of the inline graph, each taking so long to answer, and what they were asked. */
function slowLinks(millis: number) {
  const asked: Asked[] = [];
  const links = inlineGraph().links.map((link): SubgraphLink => ({
    ...link,
    async execute(request) {
      const { deadlineAt } = await verify(request.proof);
      const leftMillis = deadlineAt - Date.now();
      asked.push({ subgraph: link.name, leftMillis, withinMillis: request.withinMillis ?? Infinity });
      await sleep(millis);
      return link.execute(request);
    },
  }));
  return { asked, links };
}

describe('the time a client waits', () => {
  it('is told each subgraph in the proof, over the wire too, and is what the client has left', async () => {
    const timeoutMillis = 5_000;
    await using network = await openFaultyNetwork({ requestTimeoutMillis: timeoutMillis });
    network.catalog.become('slow');
    const askedAt = Date.now();
    expect((await network.gateway.ask(PAGE)).body.errors).toBeUndefined();
    const answeredAt = Date.now();
    const { requests } = network.gateway.graph;
    expect(requests.map(({ subgraph }) => subgraph)).toEqual(['catalog', 'reviews']);
    for (const { proof } of requests) {
      const { deadlineAt } = await verify(proof);
      expect(deadlineAt).toBeGreaterThanOrEqual(askedAt + timeoutMillis - 1_000);
      expect(deadlineAt).toBeLessThanOrEqual(answeredAt + timeoutMillis);
    }
  });

  it('is less for whoever is asked later, and the gateway never waits longer than it says', async () => {
    const { asked, links } = slowLinks(300);
    const config = { requestTimeoutMillis: 2_000, fetchTimeoutMillis: 1_500 };
    await using gateway = await startTestGateway({ links, config });
    expect((await gateway.ask(PAGE)).body.errors).toBeUndefined();
    const [first, second] = asked as [Asked, Asked];
    expect([first.subgraph, second.subgraph]).toEqual(['catalog', 'reviews']);
    for (const { leftMillis, withinMillis } of asked) {
      expect(leftMillis).toBeLessThanOrEqual(2_000);
      expect(withinMillis).toBeLessThanOrEqual(1_500);
      // Both were read within a moment of each other.
      expect(withinMillis).toBeLessThanOrEqual(leftMillis + 50);
    }
    expect(second.leftMillis).toBeLessThanOrEqual(first.leftMillis - 290);
    expect(second.withinMillis).toBeLessThanOrEqual(first.withinMillis - 290);
  });

  it('bounds a mutation: a field whose turn comes too late is not sent', async () => {
    await using gateway = await startTestGateway({ config: { requestTimeoutMillis: 600 } });
    gateway.graph.reviews.mode = 'hanging';
    const startedAt = performance.now();
    const { body } = await gateway.ask(
      'mutation { first: rename(id: "p1", name: "A") { name rating } second: rename(id: "p2", name: "B") { name } }',
    );
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(body.data).toEqual({ first: { name: 'A', rating: null }, second: null });
    expect(body.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['first', 'rating'], expect.stringMatching(/SUBGRAPH_UNAVAILABLE|DEADLINE_EXCEEDED/)],
      [['second'], 'DEADLINE_EXCEEDED'],
    ]);
    const renames = gateway.graph.requests.filter(({ query }) => query.includes('rename'));
    expect(renames).toHaveLength(1);
  });
});

describe('a mutation', () => {
  it('is carried out once when the connection breaks within its answer, and the client is told', async () => {
    await using network = await openFaultyNetwork({ requestTimeoutMillis: 2_000 });
    network.catalog.become('tear');
    const { status, body } = await network.gateway.ask(
      'mutation { rename(id: "p1", name: "Once") { name } }',
    );
    expect([status, body.data, body.errors?.[0]?.extensions['code']]).toEqual([
      200,
      { rename: null },
      'SUBGRAPH_UNAVAILABLE',
    ]);
    // Both what was sent, and what the subgraph got to carry out.
    expect(network.catalog.requests()).toBe(1);
    expect(network.gateway.graph.requests).toHaveLength(1);
    network.catalog.become('pass');
    expect((await network.gateway.ask('{ product(id: "p1") { name } }')).body.data).toEqual({
      product: { name: 'Once' },
    });
  });
});
