import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guest, startTestSubgraph } from '../../testkit/src/index.js';
import { createRemoteLink, listen, SubgraphUnreachable } from '../src/index.js';
import { bookshop } from './bookshop.js';
import { slowProxyTo } from './slow-proxy.js';
import { strangeServer } from './listening.js';

const linkTo = (url: string, maxAnswerBytes?: number) =>
  createRemoteLink({ name: 'strange', url, timeoutMillis: 2_000, ...(maxAnswerBytes && { maxAnswerBytes }) });

/** Why there was no answer, and after how long. */
async function reasonOf(answer: Promise<unknown>): Promise<{ reason: string; millis: number }> {
  const startedAt = performance.now();
  const failure = await answer.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(SubgraphUnreachable);
  return { reason: (failure as SubgraphUnreachable).reason, millis: performance.now() - startedAt };
}

describe('a remote link', () => {
  it('reads no more of an answer than it was told, whether its length is announced or not', async () => {
    const long = JSON.stringify({ data: { text: 'x'.repeat(200_000) } });
    let sent = 0;
    await using server = await strangeServer((request, response) => {
      if (request.url === '/announced') response.setHeader('content-length', long.length);
      response.write(long, () => (sent += 1));
      if (request.url !== '/endless') response.end();
    });
    for (const path of ['/announced', '/chunked', '/endless']) {
      const link = linkTo(server.url.replace('/graphql', path), 100_000);
      expect((await reasonOf(link.execute({ query: '{ a }', proof: '' }))).reason).toBe('answer');
      await link.close();
    }
    expect(sent).toBeGreaterThan(0);
    const link = linkTo(server.url, 300_000);
    expect((await link.execute({ query: '{ a }', proof: '' })).data).toEqual({ text: 'x'.repeat(200_000) });
    await link.close();
  });

  it('gives up when its caller would, while connecting, waiting or reading', async () => {
    await using server = await strangeServer((_request, response) => response.end('{"data":{"a":1}}'));
    await using proxy = await slowProxyTo(server.url);
    const link = linkTo(proxy.url);
    expect(await link.execute({ query: '{ a }', proof: '', withinMillis: 1_900 })).toEqual({
      data: { a: 1 },
    });
    proxy.fallSilent();
    const late = await reasonOf(link.execute({ query: '{ a }', proof: '', withinMillis: 100 }));
    expect(late.reason).toBe('timeout');
    expect(late.millis).toBeLessThan(1_500);
    await link.close();
  });

  it('lets go of a request whose time ran out before there was a connection for it', async () => {
    const seen: string[] = [];
    await using server = await strangeServer((request, response) => {
      seen.push(String(request.headers['x-storegraph-proof']));
      setTimeout(() => response.end('{"data":{}}'), 300);
    });
    const link = linkTo(server.url);
    const busy = Array.from({ length: 16 }, () => link.execute({ query: '{ a }', proof: 'first' }));
    const late = await reasonOf(link.execute({ query: '{ a }', proof: 'late', withinMillis: 50 }));
    expect(late.reason).toBe('timeout');
    await Promise.all(busy);
    await link.execute({ query: '{ a }', proof: 'next' });
    expect(seen.filter((proof) => proof !== 'first')).toEqual(['next']);
    await link.close();
  });

  it('tells a lost connection from a server error and from a caller who left', async () => {
    await using server = await strangeServer((request, response) => {
      if (request.url === '/cut') request.socket.destroy();
      else response.writeHead(503).end('{"errors":[{"message":"m"}]}');
    });
    const reasons = await Promise.all(
      ['/cut', '/busy'].map(async (path) => {
        const link = linkTo(server.url.replace('/graphql', path));
        const { reason } = await reasonOf(link.execute({ query: '{ a }', proof: '' }));
        await link.close();
        return reason;
      }),
    );
    expect(reasons).toEqual(['connection', 'status']);
    const link = linkTo(server.url);
    const signal = AbortSignal.abort();
    expect((await reasonOf(link.execute({ query: '{ a }', proof: '', signal }))).reason).toBe('abandoned');
    await link.close();
  });

  it.each([
    [true, 200],
    [true, 404],
    [false, 503],
  ])('says %s of the readiness of one that answers %i', async (isReady, status) => {
    await using server = await strangeServer((request, response) => {
      response.writeHead(request.url === '/health/ready' ? status : 500).end('{}');
    });
    const link = linkTo(server.url);
    expect(await link.isReady?.()).toBe(isReady);
    await link.close();
    expect(await link.isReady?.()).toBe(false);
  });
});

describe('a subgraph on a socket file', () => {
  it('answers, subscribes, and takes the place of one that was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'socket-'));
    const socketPath = join(folder, 'bookshop.sock');
    await leaveStaleSocket(socketPath);
    const shop = await startTestSubgraph(bookshop, { config: {} });
    const server = await listen(shop.subgraph, { host: '', port: 0, socketPath, version: '1' });
    const link = linkTo(`${server.url}/graphql`);
    const proof = shop.proofOf(guest);
    expect(await link.execute({ query: '{ echo(number: 2) }', proof })).toEqual({ data: { echo: 2 } });
    expect(await link.isReady?.()).toBe(true);
    const events = await link.subscribe({ query: 'subscription { breaking }', proof });
    expect((await events.next()).value).toEqual({ data: { breaking: 'first' } });
    await events.return?.();
    // Whoever finds somebody listening there leaves the file alone.
    await expect(listen(shop.subgraph, { host: '', port: 0, socketPath, version: '1' })).rejects.toThrow(
      /EADDRINUSE/,
    );
    expect(await link.execute({ query: '{ echo(number: 3) }', proof })).toEqual({ data: { echo: 3 } });
    await link.close();
    await server.close();
    await shop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
});

/** A socket file as `kill -9` leaves it: renamed, so that closing its server does not find it. */
async function leaveStaleSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.old`, resolve));
  await rename(`${path}.old`, path);
  await new Promise((resolve) => server.close(resolve));
}
