import type { FastifyInstance } from 'fastify';
import { isTracing, startSpan, withinSpan, type Span } from '@storegraph/observability';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request as a piece of work in a trace; null while nothing is traced, or this is of no interest. */
    span: Span | null;
  }
}

/** Asked again and again by machines, and of interest to nobody. */
const UNTRACED = /^\/(health|metrics|api\/status)/;

/**
 * Makes each HTTP request a span, as part of the caller's trace when it sends `traceparent` (W3C Trace Context), named and
 * described by OpenTelemetry's semantic conventions for HTTP servers. Does nothing unless tracing has started.
 */
export function traceRequests(app: FastifyInstance): void {
  if (!isTracing()) return;
  app.decorateRequest('span', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url;
    if (route !== undefined && UNTRACED.test(route)) return done();
    const span = startSpan({
      name: route ? `${request.method} ${route}` : request.method,
      kind: 'server',
      parent: request.headers['traceparent']?.toString(),
      attributes: {
        'http.request.method': request.method,
        'http.route': route,
        'url.scheme': request.protocol,
      },
    });
    request.span = span;
    return span ? withinSpan(span, done) : done();
  });
  // Reading the body leaves the context of the request behind.
  app.addHook('preHandler', ({ span }, _reply, done) => (span ? withinSpan(span, done) : done()));
  app.addHook('onResponse', async ({ span }, { statusCode }) => {
    span?.set({ 'http.response.status_code': statusCode });
    // "HTTP Span": for a server, a 4xx is the client's failure and no error.
    if (statusCode >= 500) span?.fail(String(statusCode));
    span?.end();
  });
}
