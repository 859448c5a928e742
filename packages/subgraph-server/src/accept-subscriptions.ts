import type { FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { SubgraphRequest } from './link.js';
import { refusal } from './refusal.js';
import type { RunningSubgraph } from './start.js';

const LARGEST_MESSAGE_BYTES = 2 * 1_024 * 1_024;

/**
 * Serves subscriptions over graphql-transport-ws on the path of queries. Each brings its own proof in `extensions`:
 * one socket carries many viewers. The executor parses, validates and judges; here it is only found out what kind of
 * operation was sent, which the protocol's library wants to know.
 */
export function acceptSubscriptions(app: FastifyInstance, subgraph: RunningSubgraph): WebSocketServer {
  const server = new WebSocketServer({
    server: app.server,
    path: '/graphql',
    maxPayload: LARGEST_MESSAGE_BYTES,
  });
  useServer(
    {
      onSubscribe: (_context, _id, { query, variables, operationName, extensions }) => {
        try {
          const request: SubgraphRequest = {
            query,
            variables: variables ?? undefined,
            operationName: operationName ?? undefined,
            proof: String(extensions?.['proof'] ?? ''),
          };
          return {
            schema: subgraph.schema,
            document: parse(query, { maxTokens: 50_000 }),
            operationName,
            contextValue: request,
          };
        } catch (error) {
          return [refusal('GRAPHQL_PARSE_FAILED', error instanceof Error ? error.message : 'not a document')];
        }
      },
      subscribe: ({ contextValue }) => subgraph.subscribe(contextValue as SubgraphRequest),
      execute: () => ({ errors: [refusal('BAD_USER_INPUT', 'Queries and mutations come over HTTP.')] }),
    },
    server,
  );
  return server;
}
