import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineGraph } from '../inline-graph.js';
import { openSocket } from '../test-socket.js';
import { startGatewayProcess, type GatewayProcess } from './gateway-process.js';
import { keepAsking, outcomesOf } from './load.js';
import { serveSubgraph, type ServedSubgraph } from './served-subgraph.js';

const LEAVES_WITHIN_MILLIS = 10_000; // ten seconds

const graph = inlineGraph();
/** The same graph, with a description more: another text, and so another supergraph. */
const described = (word: string) => graph.supergraphSdl.replace('enum Shape', `"${word}"\nenum Shape`);
const SHAPE = '{ __type(name: "Shape") { description } }';

let folder: string;
let catalog: ServedSubgraph;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const [link] = graph.links;
  if (!link) throw new RangeError('the graph has no subgraph');
  catalog = await serveSubgraph(link);
});
afterAll(async () => {
  await catalog[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A gateway over a supergraph file of its own, and the way to change that file as deployments do: at once. */
async function start(name: string, env: Record<string, string> = {}) {
  const file = join(folder, `${name}.graphql`);
  const write = async (sdl: string) => {
    await writeFile(`${file}.next`, sdl);
    await rename(`${file}.next`, file);
  };
  await write(graph.supergraphSdl);
  const gateway = await startGatewayProcess({ SUPERGRAPH_FILE: file, CATALOG_URL: catalog.url, ...env });
  return { gateway, write };
}

async function descriptionOf({ url }: GatewayProcess): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SHAPE }),
  });
  return ((await response.json()) as { data: { __type: { description: unknown } } }).data.__type.description;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 5_000; !(await isTrue());) {
    if (performance.now() > end) throw new Error('waited five seconds in vain');
    await sleep(50);
  }
}

describe('the supergraph file of a gateway', () => {
  it('is served anew when it changes and on SIGHUP, and stays as it was when the new one is none', async () => {
    const { gateway, write } = await start('watched');
    using _ = gateway;
    const load = keepAsking(gateway.url, { clients: 2, query: () => '{ product(id: "p1") { name } }' });
    expect(await descriptionOf(gateway)).toBeNull();

    await write(described('changed'));
    await until(async () => (await descriptionOf(gateway)) === 'changed');

    await write('type Query {');
    await gateway.says(/the old one stays/);
    expect(await descriptionOf(gateway)).toBe('changed');
    // The file is as it was, so nothing but the signal has it read again.
    gateway.child.kill('SIGHUP');
    await gateway.says(/the old one stays[^]*the old one stays/);

    await write(described('signalled'));
    gateway.child.kill('SIGHUP');
    await until(async () => (await descriptionOf(gateway)) === 'signalled');

    expect([...outcomesOf(await load.stop()).keys()]).toEqual([200]);
  });
});

describe('a gateway that is told to leave under load', () => {
  it('answers everybody in full, closes sockets with 1001, and is gone within ten seconds', async () => {
    const { gateway } = await start('leaving', { DRAIN_SECONDS: '1' });
    using _ = gateway;
    const load = keepAsking(gateway.url, { clients: 8, query: () => '{ products { id name weight note } }' });
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openSocket(gateway.url, {})));
    for (const [index, socket] of sockets.entries()) {
      expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
      if (index % 2 === 0) socket.subscribe('1', 'subscription { productChanged(id: "p1") { name } }');
    }
    await sleep(500);

    gateway.child.kill('SIGTERM');
    const toldAt = performance.now();
    // As behind a balancer: nothing new is sent once the gateway says it is not ready.
    await until(async () => !(await fetch(`${gateway.url}/health/ready`)).ok);
    const samples = await load.stop();
    const closed = await Promise.all(sockets.map((socket) => socket.closed));

    expect(await gateway.exited).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(LEAVES_WITHIN_MILLIS);
    // `keepAsking` reads each answer to its end: one that is cut off is no 200.
    expect([...outcomesOf(samples).keys()]).toEqual([200]);
    expect(samples.length).toBeGreaterThan(20);
    expect(new Set(closed.map(({ code }) => code))).toEqual(new Set([1001]));
  });

  it('is gone within ten seconds although clients go on sending and a subgraph hangs', async () => {
    const { gateway } = await start('besieged', { DRAIN_SECONDS: '1' });
    using _ = gateway;
    const load = keepAsking(gateway.url, { clients: 4, query: () => '{ product(id: "p1") { name } }' });
    await sleep(200);
    graph.catalog.mode = 'hanging';
    gateway.child.kill('SIGTERM');
    const toldAt = performance.now();
    try {
      expect(await gateway.exited).toBe(0);
      expect(performance.now() - toldAt).toBeLessThan(LEAVES_WITHIN_MILLIS);
    } finally {
      graph.catalog.mode = 'up';
      await load.stop();
    }
  });
});
