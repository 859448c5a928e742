import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import { inlineGraph, SERVICE_KEY } from './inline-graph.js';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const graph = inlineGraph();
let folder: string;
let catalog: Server;

/** A subgraph on a port of its own, speaking what remote links speak. */
async function serve(link: SubgraphLink | undefined): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { query: string };
      const proof = String(request.headers['x-storegraph-proof']);
      void link?.execute({ ...body, proof }).then((answer) => response.end(JSON.stringify(answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function startProcess(): Promise<{ url: string; child: ChildProcess; exited: Promise<number | null> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: '0',
      SERVICE_KEY,
      DRAIN_SECONDS: '3',
      SUPERGRAPH_FILE: join(folder, 'supergraph.graphql'),
      CATALOG_URL: `http://127.0.0.1:${(catalog.address() as AddressInfo).port}/graphql`,
      // Nobody listens there.
      ACCOUNTS_URL: 'http://127.0.0.1:9/graphql',
      REVIEWS_URL: 'http://127.0.0.1:9/graphql',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const found = /"url":"([^"]+)"/.exec(log)?.[1];
      if (found) resolve(found);
    });
    void exited.then(() => reject(new Error(`exited early: ${log}`)));
  });
  return { url, child, exited };
}

const ask = (url: string, query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  await writeFile(join(folder, 'supergraph.graphql'), graph.supergraphSdl);
  catalog = await serve(graph.links[0]);
});

afterAll(async () => {
  catalog.closeAllConnections();
  await new Promise((resolve) => catalog.close(resolve));
  await rm(folder, { recursive: true });
});

describe('the gateway as a process of its own', () => {
  it('starts with subgraphs missing, and leaves on SIGTERM without dropping a request', async () => {
    const { url, child, exited } = await startProcess();
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
