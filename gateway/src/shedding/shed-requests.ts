import type { FastifyInstance } from 'fastify';
import { counter } from '@storegraph/observability';
import { refusal } from '@storegraph/subgraph-server';
import type { Engine } from '../execution/engine.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import type { Load } from './load.js';

const ROUTE = '/graphql';
const BUSY = 'The shop is very busy. Please try again in a moment.';
/** Clients come back at different times, and not all at once. */
const RETRY_AFTER_SECONDS = [1, 2, 3] as const;

const shed = counter('requests_shed_total', 'Operations refused because the gateway was too busy.', [
  'transport',
]);

/**
 * Refuses operations while the load is too high, before anything of them is read: 503 with `Retry-After`
 * (RFC 9110 §15.6.4). Everything else, health checks and webhooks among them, is answered as long as it can be.
 */
export function shedRequests(app: FastifyInstance, load: Load): void {
  const body = JSON.stringify({ errors: [refusal('OVERLOADED', BUSY)] });
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url !== ROUTE) return done();
    if (load.isTooHigh()) {
      shed.inc({ transport: 'http' });
      void reply
        .code(503)
        .headers({ 'retry-after': retryAfterSeconds(), 'content-type': 'application/json; charset=utf-8' })
        .send(body);
      return;
    }
    // A stream of events is open for hours; what it does is counted as operations.
    if (!request.headers.accept?.includes('text/event-stream'))
      reply.raw.once('close', load.begin('request'));
    done();
  });
}

/** Refuses operations that come over sockets while the load is too high. */
export function shedOperations(acceptDocument: AcceptDocument, load: Load): AcceptDocument {
  return (source) => {
    if (!load.isTooHigh()) return acceptDocument(source);
    shed.inc({ transport: 'websocket' });
    return [refusal('OVERLOADED', BUSY, { retryAfterSeconds: retryAfterSeconds() })];
  };
}

/** Tells the load of every operation that runs, over HTTP, over a socket, or for an event. */
export function countOperations(engine: Engine, load: Load): Engine {
  return {
    ...engine,
    run(...operation) {
      const running = engine.run(...operation);
      const end = load.begin('operation');
      running.then(end, end);
      return running;
    },
  };
}

function retryAfterSeconds(): number {
  return RETRY_AFTER_SECONDS[Math.floor(Math.random() * RETRY_AFTER_SECONDS.length)] ?? 1;
}
