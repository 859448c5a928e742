import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';
import { SERVICE_PROOF_HEADER } from '@storegraph/identity';
import { traceHeaders, type Logger } from '@storegraph/observability';

/** Requests whose path starts with the prefix belong to another service. */
export type Forwarding = {
  /** A path such as `/media`, or one file such as `/.well-known/jwks.json`. */
  readonly prefix: string;
  /** Where they go, such as `http://media:4004`. */
  readonly origin: string;
  /** The socket file that is listened on, when it is one. */
  readonly socketPath?: string | undefined;
};

/** RFC 9110 §7.6.1: meant for one connection. And a proof of origin is never taken from outside. */
const NOT_FORWARDED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
  SERVICE_PROOF_HEADER,
]);

const TIMEOUT_MILLIS = 30_000; // thirty seconds without a byte

/** Hands requests on unread: webhooks are verified over the raw body, and files are larger than memory likes. */
export function forwardTo({ prefix, origin, socketPath }: Forwarding, log: Logger): FastifyPluginAsync {
  return async (app) => {
    const pool = new Pool(origin, {
      headersTimeout: TIMEOUT_MILLIS,
      bodyTimeout: TIMEOUT_MILLIS,
      ...(socketPath && { socketPath }),
    });
    app.addHook('onClose', () => pool.close());
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const handler = (request: FastifyRequest, reply: FastifyReply) => forward({ pool, log }, request, reply);
    app.all(prefix, handler);
    app.all(`${prefix}/*`, handler);
    await Promise.resolve();
  };
}

async function forward(
  { pool, log }: { pool: Pool; log: Logger },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    const answer = await pool.request({
      method: request.method,
      path: request.raw.url ?? '/',
      headers: {
        ...passedOn(request.headers),
        'x-forwarded-for': request.ip,
        'x-forwarded-proto': request.protocol,
        'x-forwarded-host': request.host,
        'x-correlation-id': request.correlationId,
        ...traceHeaders(),
      },
      body: (request.body as NodeJS.ReadableStream | undefined as never) ?? null,
    });
    return await reply.code(answer.statusCode).headers(passedOn(answer.headers)).send(answer.body);
  } catch (error) {
    log.warn({ err: error, path: request.routeOptions.url }, 'forwarding failed');
    return reply.code(502).send({ error: 'This part of the shop is unavailable for the moment.' });
  }
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !NOT_FORWARDED.has(name)) passed[name] = value;
  return passed;
}
