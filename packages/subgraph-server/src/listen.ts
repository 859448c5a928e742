import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { SERVICE_PROOF_HEADER } from '@storegraph/identity';
import { createLogger } from '@storegraph/observability';
import { acceptSubscriptions } from './accept-subscriptions.js';
import { addHealthRoutes } from './health-routes.js';
import { watchQuiet } from './quiet.js';
import { refusal } from './refusal.js';
import { removeStaleSocket } from './socket-file.js';
import type { RunningSubgraph } from './start.js';
import { traceRequests } from './trace-requests.js';

type GraphqlBody = { query?: unknown; variables?: unknown; operationName?: unknown } | null;

/** A subgraph listening on HTTP. */
export type ListeningSubgraph = {
  readonly url: string;
  /** Answers what was asked already, tells subscribers to go elsewhere, and closes the subgraph: within seven seconds after the drain. */
  close(): Promise<void>;
};

const LARGEST_BODY_BYTES = 2 * 1_024 * 1_024;
const SHUTDOWN_MILLIS = 3_000; // three seconds

/**
 * Serves a running subgraph to the gateway: `POST /graphql`, subscriptions on the same path, `/health`,
 * `/health/ready` and `/metrics`, beside the domain's own routes.
 *
 * @param options.drainMillis how long it says "not ready", and is still asked, before it stops listening. @default 0
 * @param options.socketPath a socket file to listen on instead of host and port; the URL is `unix:<path>:` then
 * @throws when the address is taken; the subgraph runs on then, and is the caller's to close
 */
export async function listen(
  subgraph: RunningSubgraph,
  options: {
    host: string;
    port: number;
    socketPath?: string | undefined;
    version: string;
    drainMillis?: number;
  },
): Promise<ListeningSubgraph> {
  let draining = false;
  // A request on a kept-alive connection that is about to close is answered: nobody could tell that it was safe to repeat.
  const app = Fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  traceRequests(app);
  app.addHook('onSend', async (_request, reply) => {
    if (draining) void reply.header('connection', 'close');
  });
  const quiet = watchQuiet(app);
  answerFailures(app, subgraph.name);
  answerOperations(app, subgraph);
  addHealthRoutes(app, { subgraph, version: options.version, isDraining: () => draining });
  if (subgraph.routes) await app.register(subgraph.routes);
  const url = await openAddress(app, options);
  const sockets = acceptSubscriptions(app, subgraph);
  let closing: Promise<void> | undefined;

  const close = async () => {
    draining = true;
    const { drainMillis = 0 } = options;
    await sleep(drainMillis);
    if (drainMillis > 0) await quiet.untilQuiet();
    for (const socket of sockets.clients) socket.close(1001, 'Going away');
    sockets.close();
    await within(SHUTDOWN_MILLIS, app.close());
    for (const socket of sockets.clients) socket.terminate();
    app.server.closeAllConnections();
    await subgraph.close();
  };
  return { url, close: () => (closing ??= close()) };
}

async function openAddress(
  app: FastifyInstance,
  { host, port, socketPath }: { host: string; port: number; socketPath?: string | undefined },
): Promise<string> {
  if (!socketPath) return app.listen({ host, port });
  await removeStaleSocket(socketPath);
  await app.listen({ path: socketPath });
  return `unix:${socketPath}:`;
}

function answerOperations(app: FastifyInstance, subgraph: RunningSubgraph): void {
  app.post<{ Body: GraphqlBody }>('/graphql', async (request, reply) => {
    const { query, variables, operationName } = request.body ?? {};
    const answer = reply.type('application/graphql-response+json');
    if (typeof query !== 'string' || !isVariables(variables)) {
      const errors = [refusal('BAD_USER_INPUT', 'Expected a query, and variables by name.')];
      return answer.code(400).send(JSON.stringify({ errors }));
    }
    const result = await subgraph.execute({
      query,
      variables: variables ?? undefined,
      operationName: typeof operationName === 'string' ? operationName : undefined,
      proof: String(request.headers[SERVICE_PROOF_HEADER] ?? ''),
    });
    return answer.send(JSON.stringify(result));
  });
}

/** What fails outside an operation says no more to the caller than its status. */
function answerFailures(app: FastifyInstance, name: string): void {
  const log = createLogger(name);
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ errors: [refusal('BAD_USER_INPUT', error.message)] });
    log.error({ err: error, method: request.method, path: request.routeOptions.url }, 'request failed');
    const failed = refusal('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
    return reply.code(status).send({ errors: [failed] });
  });
}

function isVariables(value: unknown): value is Record<string, unknown> | null | undefined {
  return value == null || (typeof value === 'object' && !Array.isArray(value));
}

async function within(millis: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, millis);
  });
  await Promise.race([work, expired]);
  clearTimeout(timer);
}
