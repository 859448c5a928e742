import { Pool } from 'undici';
import { SERVICE_PROOF_HEADER } from '@storegraph/identity';
import type { SubgraphLink } from './link.js';
import { readAnswer } from './remote-answer.js';
import { openRemoteSubscriptions } from './remote-subscriptions.js';
import { SubgraphUnreachable } from './subgraph-unreachable.js';

const CONNECTIONS = 16;
const KEEP_ALIVE_MILLIS = 30_000;

/**
 * Reaches a subgraph over HTTP keep-alive, and over one shared WebSocket (graphql-transport-ws) for subscriptions.
 *
 * @param options.url the subgraph's endpoint, such as `http://orders:4003/graphql`
 * @param options.timeoutMillis how long one answer may take at most, connecting included
 * @throws {SubgraphUnreachable} from `execute`, and from the iterators of `subscribe` when the connection is lost
 */
export function createRemoteLink(options: {
  name: string;
  url: string;
  timeoutMillis: number;
}): SubgraphLink {
  const { name, timeoutMillis } = options;
  const url = new URL(options.url);
  const pool = new Pool(url.origin, {
    connections: CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
    connect: { timeout: timeoutMillis },
    headersTimeout: timeoutMillis,
    bodyTimeout: timeoutMillis,
  });
  const subscriptions = openRemoteSubscriptions({ name, url, timeoutMillis });

  return {
    name,

    async execute({ query, variables, operationName, proof, signal }) {
      // undici's own timeouts start anew for connecting, headers and each part of the body, and tick by the second.
      const timeout = AbortSignal.timeout(timeoutMillis);
      try {
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: `${url.pathname}${url.search}`,
          headers: { 'content-type': 'application/json', [SERVICE_PROOF_HEADER]: proof },
          body: JSON.stringify({ query, variables, operationName }),
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        });
        const json = await body.json();
        if (statusCode >= 500) throw new TypeError(`status ${statusCode}`);
        return readAnswer(json);
      } catch (cause) {
        throw new SubgraphUnreachable(name, { cause });
      }
    },

    subscribe: (request) => Promise.resolve(subscriptions.subscribe(request)),

    async close() {
      await Promise.all([subscriptions.close(), pool.close()]);
    },
  };
}
