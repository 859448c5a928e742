import Fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { SERVICE_PROOF_HEADER } from '@storegraph/identity';
import { metricsText } from '@storegraph/observability';
import type { SubgraphRequest } from './link.js';
import { refusal } from './refusal.js';
import type { RunningSubgraph } from './start.js';

type GraphqlBody = { query?: unknown; variables?: unknown; operationName?: unknown };

/** A subgraph listening on HTTP. */
export type ListeningSubgraph = { readonly url: string; close(): Promise<void> };

const SHUTDOWN_MILLIS = 8_000;

/**
 * Serves a running subgraph to the gateway: `POST /graphql`, subscriptions on the same path, `/health`,
 * `/health/ready` and `/metrics`, beside the domain's own routes.
 */
export async function listen(
  subgraph: RunningSubgraph,
  options: { host: string; port: number; version: string },
): Promise<ListeningSubgraph> {
  const app = Fastify({ bodyLimit: 2 * 1_024 * 1_024, forceCloseConnections: 'idle' });
  let draining = false;

  app.post<{ Body: GraphqlBody }>('/graphql', async (request, reply) => {
    const { query, variables, operationName } = request.body ?? {};
    if (typeof query !== 'string') return reply.code(400).send({ errors: [{ message: 'expected a query' }] });
    if (draining) void reply.header('connection', 'close');
    const result = await subgraph.execute({
      query,
      variables: variables as SubgraphRequest['variables'],
      operationName: typeof operationName === 'string' ? operationName : undefined,
      proof: String(request.headers[SERVICE_PROOF_HEADER] ?? ''),
    });
    return reply.type('application/graphql-response+json').send(JSON.stringify(result));
  });
  addHealth(app, { subgraph, version: options.version, isDraining: () => draining });
  if (subgraph.routes) await app.register(subgraph.routes);

  const sockets = acceptSubscriptions(app, subgraph);
  const url = await app.listen({ host: options.host, port: options.port });
  return {
    url,
    async close() {
      draining = true;
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      sockets.close();
      await Promise.race([
        app.close(),
        new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MILLIS).unref()),
      ]);
      await subgraph.close();
    },
  };
}

function addHealth(
  app: FastifyInstance,
  {
    subgraph,
    version,
    isDraining,
  }: { subgraph: RunningSubgraph; version: string; isDraining: () => boolean },
): void {
  const report = (success: boolean, dependencies: Record<string, string>) => ({
    success,
    service: subgraph.name,
    status: success ? 'ok' : 'unavailable',
    timestamp: new Date().toISOString(),
    version,
    dependencies,
  });
  app.get('/health', () => report(true, {}));
  app.get('/health/ready', async (_request, reply) => {
    const database = await subgraph.isReady();
    const ready = database && !isDraining();
    return reply.code(ready ? 200 : 503).send(report(ready, { database: database ? 'ok' : 'unavailable' }));
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await metricsText();
    return reply.type(contentType).send(body);
  });
}

/** Each subscription brings its own proof in `extensions`: one socket carries many viewers. */
function acceptSubscriptions(app: FastifyInstance, subgraph: RunningSubgraph): WebSocketServer {
  const server = new WebSocketServer({ server: app.server, path: '/graphql' });
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
