import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../src/index.js';
import { guest } from '../../testkit/src/index.js';
import { listeningBookshop, type ListeningBookshop } from './listening.js';

let bookshop: ListeningBookshop;

beforeAll(async () => {
  bookshop = await listeningBookshop({
    routes: async (app) => {
      app.get('/cover', () => 'a picture');
      app.get('/broken', () => {
        throw new Error('the secret of the route');
      });
    },
  });
});
afterAll(() => bookshop[Symbol.asyncDispose]());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${bookshop.server.url}/graphql`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('a listening subgraph', () => {
  it('answers with the media type of GraphQL over HTTP', async () => {
    const proof = bookshop.shop.proofOf(guest);
    const response = await post(JSON.stringify({ query: '{ echo(number: 1) }' }), {
      'x-storegraph-proof': proof,
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    expect(await response.json()).toEqual({ data: { echo: 1 } });
  });

  it('answers nobody without a proof, whatever else the headers say', async () => {
    const response = await post('{"query":"{ me }"}', {
      'x-forwarded-for': '127.0.0.1',
      authorization: 'Bearer x',
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it.each([
    [400, '{'],
    [400, '{}'],
    [400, 'null'],
    [400, '[]'],
    [400, '"{ a }"'],
    [400, '{"query":["{ a }"]}'],
    [400, '{"query":"{ a }","variables":"x"}'],
    [400, '{"query":"{ a }","variables":[1]}'],
    [413, `{"query":"${'a'.repeat(2_100_000)}"}`],
  ])('answers %i to a body that is no operation', async (status, body) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('serves the domain’s own routes, and says nothing of why one failed', async () => {
    expect(await (await fetch(`${bookshop.server.url}/cover`)).text()).toBe('a picture');
    const broken = await fetch(`${bookshop.server.url}/broken`);
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('secret');
  });

  it('tells its health, readiness and metrics', async () => {
    const health = await fetch(`${bookshop.server.url}/health`);
    expect(await health.json()).toMatchObject({
      success: true,
      service: 'bookshop',
      status: 'ok',
      version: '1.2.3',
    });
    const ready = await fetch(`${bookshop.server.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { dependencies: { database: 'ok' } }]);
    const metrics = await fetch(`${bookshop.server.url}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await metrics.text()).toContain('process_cpu_seconds_total');
  });

  it('does not listen twice on one port, and says so', async () => {
    const port = Number(new URL(bookshop.server.url).port);
    const second = listen(bookshop.shop.subgraph, { host: '127.0.0.1', port, version: '1' });
    await expect(second).rejects.toThrow(/EADDRINUSE/);
    expect((await fetch(`${bookshop.server.url}/health`)).status).toBe(200);
  });
});

describe('closing', () => {
  /** Asks over a connection that stays open, as the gateway does. */
  function asking(url: string, agent: Agent, { query, proof }: { query: string; proof: string }) {
    return new Promise<{ response: IncomingMessage; body: string }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'x-storegraph-proof': proof };
      const sent = httpRequest(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ response, body }));
      });
      sent.on('error', reject).end(JSON.stringify({ query }));
    });
  }

  it('answers what is under way, asks kept-alive callers to go, and takes leave of subscribers', async () => {
    const closing = await listeningBookshop();
    const { url } = closing.server;
    const proof = closing.shop.proofOf(guest);
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const warm = await asking(url, agent, { query: '{ echo(number: 1) }', proof });
    expect(warm.response.headers.connection).toBe('keep-alive');
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const socketClosed = once(socket, 'close');

    const underWay = asking(url, agent, { query: '{ slow(millis: 400) }', proof });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = Date.now();
    const closed = closing.server.close();
    const { response, body } = await underWay;
    expect(JSON.parse(body)).toEqual({ data: { slow: 'done' } });
    expect(response.headers.connection).toBe('close');
    expect((await socketClosed)[0]).toBe(1001);
    await closed;
    expect(Date.now() - before).toBeLessThan(3_000);
    await expect(asking(url, agent, { query: '{ a }', proof })).rejects.toThrow(/ECONNREFUSED/);
    agent.destroy();
    await closing[Symbol.asyncDispose]();
  });

  it('does not wait for a subscriber who does not answer the goodbye', async () => {
    const closing = await listeningBookshop();
    const socket = new WebSocket(
      `${closing.server.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    await once(socket, 'open');
    socket.pause();
    const before = Date.now();
    await closing.server.close();
    expect(Date.now() - before).toBeLessThan(9_500);
    socket.terminate();
    await closing[Symbol.asyncDispose]();
  });
});
