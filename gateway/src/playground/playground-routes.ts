import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findAsset } from './assets.js';
import { playgroundPage, type DemoLogin } from './playground.js';

/** Everything from here and nothing from anywhere else; the editor sets styles on its elements. */
const policyFor = (publicUrl: string | null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    // Older browsers do not count a WebSocket of the same host as 'self'.
    `connect-src 'self'${publicUrl ? ` ${new URL(publicUrl).origin.replace(/^http/, 'ws')}` : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Serves the playground at `/` and `/playground`, and to browsers that open `/graphql`. */
export function addPlayground(
  app: FastifyInstance,
  options: { logins: readonly DemoLogin[]; publicUrl: string | null },
): void {
  const page = playgroundPage(options.logins);
  const policy = policyFor(options.publicUrl);
  const show = (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('content-security-policy', policy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page);
  app.get('/', show);
  app.get('/playground', show);
  app.addHook('onRequest', (request, reply, done) => {
    if (isVisit(request)) void show(request, reply);
    else done();
  });
  app.get<{ Params: { name: string } }>('/playground/assets/:name', async (request, reply) => {
    const asset = await findAsset(request.params.name);
    if (!asset) return reply.callNotFound();
    void reply
      .header('etag', asset.etag)
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
    const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    if (takesGzip) void reply.header('content-encoding', 'gzip');
    return reply.type(asset.type).send(takesGzip ? asset.gzipped : asset.body);
  });
}

/** A person opened the endpoint in a browser, rather than a program asking a query by GET. */
function isVisit({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && url === '/graphql' && (headers.accept ?? '').includes('text/html');
}
