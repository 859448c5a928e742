import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { signAccessToken } from '@storegraph/identity';
import { createLogger, setLogLevel } from '@storegraph/observability';
import { remoteKeys } from '../src/identity/remote-keys.js';
import { REALTIME_LIMITS } from '../src/realtime/realtime-limits.js';
import { acceptSockets, type SocketServerOptions } from '../src/realtime/socket-server.js';
import { startTestGateway } from './test-gateway.js';
import { enter, openSocket } from './test-socket.js';

/** Sockets that are closed for reasons that are not the client's. */

setLogLevel('silent');

const servers = new Set<Server>();
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

async function addressOf(server: Server): Promise<string> {
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('while the keys to check a token with cannot be had', () => {
  /** The signing keys as accounts publishes them, when it can. */
  async function accounts() {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }] });
    const state = { isAway: true };
    const server = createServer((_request, response) => {
      if (state.isAway) response.writeHead(503).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(keys);
    });
    const names = { issuer: 'storegraph', audience: 'storegraph-api' };
    const token = await signAccessToken(
      { userId: 'u1', role: 'customer', scopes: [], sessionId: 's1', sellerId: null },
      { ...names, key: privateKey, kid: 'k1', ttlSeconds: 60 },
    );
    const url = `${await addressOf(server)}/graphql`;
    return { state, token, accessTokens: { keys: remoteKeys(url), ...names } };
  }

  it('a socket is told to try again later, 1013, and let in when it does', async () => {
    const { state, token, accessTokens } = await accounts();
    await using gateway = await startTestGateway({ accessTokens });
    const params = { authorization: `Bearer ${token}` };
    using early = await openSocket(gateway.url, params);
    expect(await early.closed).toEqual({ code: 1013, reason: 'Try again later' });
    using guest = await openSocket(gateway.url, {});
    expect((await guest.next()).type).toBe('connection_ack');
    state.isAway = false;
    using late = await openSocket(gateway.url, params);
    expect((await late.next()).type).toBe('connection_ack');
  });

  it('an event stream is answered 503, and not that the token is bad', async () => {
    const { token, accessTokens } = await accounts();
    await using gateway = await startTestGateway({ accessTokens });
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query: '{ ratings }' }),
    });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });
});

describe('a mistake of ours', () => {
  /** The sockets alone, on a web server of their own, with something broken behind them. */
  async function brokenBehind(broken: Partial<SocketServerOptions>) {
    const server = createServer();
    const url = await addressOf(server);
    const sockets = acceptSockets(server, {
      start: () => () => undefined,
      authenticate: () => Promise.resolve({ viewer: { kind: 'anonymous' }, expiresAt: null }),
      recogniseApiKey: () => undefined,
      allowsOrigin: () => true,
      limits: REALTIME_LIMITS,
      trustProxy: false,
      log: createLogger('gateway'),
      ...broken,
    });
    return { url, [Symbol.asyncDispose]: () => sockets.close() };
  }
  const INTERNAL = { code: 4500, reason: 'Internal server error' };

  it('while a client introduces itself closes its socket 4500, without a word of what broke', async () => {
    await using gateway = await brokenBehind({
      authenticate: () => Promise.reject(new TypeError('the secret of the house')),
    });
    using socket = await openSocket(gateway.url, {});
    expect(await socket.closed).toEqual(INTERNAL);
  });

  it('as an operation begins closes that socket 4500, stops what else ran on it, and leaves others alone', async () => {
    const running = new Set<string>();
    await using gateway = await brokenBehind({
      start(_caller, { query = '' }) {
        if (query === 'broken') throw new TypeError('the secret of the house');
        running.add(query);
        return () => running.delete(query);
      },
    });
    using unlucky = await enter(gateway.url);
    using other = await enter(gateway.url);
    other.subscribe('1', 'calm');
    unlucky.subscribe('1', 'short');
    unlucky.subscribe('2', 'broken');
    expect(await unlucky.closed).toEqual(INTERNAL);
    other.say({ type: 'ping' });
    expect((await other.next()).type).toBe('pong');
    expect([...running]).toEqual(['calm']);
  });
});
