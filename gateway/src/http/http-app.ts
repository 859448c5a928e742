import cors from '@fastify/cors';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { histogram, newCorrelationId, type Logger } from '@storegraph/observability';
import { traceRequests } from '@storegraph/subgraph-server';
import type { GatewayConfig } from '../config.js';
import { REQUEST_BYTES } from '../limits/document-size.js';
import { RATE_LIMIT_HEADERS } from '../limits/rate-limit-headers.js';
import { securityHeaders } from './security-headers.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Joins what the gateway and the subgraphs log about one request. */
    correlationId: string;
  }
}

const CORRELATION_HEADER = 'x-correlation-id';
const DAY_SECONDS = 86_400;

const durations = histogram('http_request_duration_seconds', 'Time of one HTTP request.', [
  'method',
  'route',
  'status_code',
]);

/** The web server before it has routes: correlation, safe headers, CORS, measurements, errors without secrets. */
export async function createHttpApp(options: {
  config: GatewayConfig;
  log: Logger;
  isDraining: () => boolean;
}): Promise<FastifyInstance> {
  const { config, log, isDraining } = options;
  const app = Fastify({
    bodyLimit: REQUEST_BYTES,
    trustProxy: config.trustProxy ?? false,
    forceCloseConnections: 'idle',
    // Requests that arrive on open connections while we leave are still answered.
    return503OnClosing: false,
  });
  traceRequests(app);
  app.decorateRequest('correlationId', '');
  const safe = securityHeaders({ isProduction: config.nodeEnv === 'production' });
  // A callback: a promise would cost more than what the hook does.
  app.addHook('onRequest', (request, reply, done) => {
    request.correlationId = newCorrelationId(request.headers[CORRELATION_HEADER]?.toString());
    void reply.headers(safe).header(CORRELATION_HEADER, request.correlationId);
    done();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining()) void reply.header('connection', 'close');
  });
  app.addHook('onResponse', (request, reply, done) => {
    durations.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status_code: String(reply.statusCode),
      },
      reply.elapsedTime / 1_000,
    );
    done();
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, correlationId: request.correlationId }, 'request failed');
    return reply.code(status).send({ errors: [errorFor(status, error.message)] });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [errorFor(404, 'Not found.')] }),
  );
  await allowOrigins(app, config);
  return app;
}

async function allowOrigins(app: FastifyInstance, { corsOrigins }: GatewayConfig): Promise<void> {
  await app.register(cors, {
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'OPTIONS'],
    exposedHeaders: [CORRELATION_HEADER, 'retry-after', ...RATE_LIMIT_HEADERS],
    maxAge: DAY_SECONDS,
  });
}

function errorFor(status: number, message: string) {
  if (status >= 500)
    return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  return { message, extensions: { code: status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT' } };
}
