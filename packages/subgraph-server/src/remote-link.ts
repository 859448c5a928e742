import type { ExecutionResult } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { SERVICE_PROOF_HEADER } from '@storegraph/identity';
import type { SubgraphLink, SubgraphRequest } from './link.js';

/** The subgraph did not answer GraphQL: refused, reset, timed out, or spoke something else. */
export class SubgraphUnreachable extends Error {
  override readonly name = 'SubgraphUnreachable';

  constructor(
    readonly subgraph: string,
    options?: ErrorOptions,
  ) {
    super(`${subgraph} is unreachable`, options);
  }
}

const CONNECTIONS = 16;

/**
 * Reaches a subgraph over HTTP keep-alive, and over one shared WebSocket (graphql-transport-ws) for subscriptions.
 *
 * @param options.url the subgraph's endpoint, such as `http://orders:4003/graphql`
 * @param options.timeoutMillis how long one answer may take at most
 * @throws {SubgraphUnreachable} from `execute`
 */
export function createRemoteLink(options: {
  name: string;
  url: string;
  timeoutMillis: number;
}): SubgraphLink {
  const { name } = options;
  const { origin, pathname, protocol, host } = new URL(options.url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    keepAliveTimeout: 30_000,
    headersTimeout: options.timeoutMillis,
    bodyTimeout: options.timeoutMillis,
  });
  let socket: Client | null = null;
  const connect = () =>
    (socket ??= createClient({
      url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${pathname}`,
      webSocketImpl: WebSocket,
      lazy: true,
      retryAttempts: 5,
      shouldRetry: () => true,
    }));

  return {
    name,

    async execute({ query, variables, operationName, proof, signal }) {
      try {
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: pathname,
          headers: { 'content-type': 'application/json', [SERVICE_PROOF_HEADER]: proof },
          body: JSON.stringify({ query, variables, operationName }),
          signal: signal ?? null,
        });
        const answer = (await body.json()) as ExecutionResult;
        if (statusCode >= 500 || (answer.data === undefined && !answer.errors))
          throw new Error(`status ${statusCode}`);
        return answer;
      } catch (cause) {
        throw new SubgraphUnreachable(name, { cause });
      }
    },

    subscribe({ query, variables, operationName, proof }: SubgraphRequest) {
      return Promise.resolve(
        connect().iterate<Record<string, unknown>, Record<string, unknown>>({
          query,
          variables: variables ?? null,
          operationName: operationName ?? null,
          extensions: { proof },
        }) as AsyncIterableIterator<ExecutionResult>,
      );
    },

    async close() {
      await socket?.dispose();
      await pool.close();
    },
  };
}
