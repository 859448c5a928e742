import { Pool } from 'undici';
import { SERVICE_PROOF_HEADER } from '@storegraph/identity';
import { currentSpan } from '@storegraph/observability';
import type { SubgraphLink, SubgraphRequest } from './link.js';
import { readAnswer } from './remote-answer.js';
import { exchange } from './remote-exchange.js';
import { openRemoteSubscriptions } from './remote-subscriptions.js';
import { createBodyWriter } from './request-body.js';
import { readReport } from './self-report.js';
import { readSubgraphAddress } from './subgraph-address.js';
import { SubgraphUnreachable } from './subgraph-unreachable.js';

const CONNECTIONS = 16;
const KEEP_ALIVE_MILLIS = 30_000;
const MAX_ANSWER_BYTES = 8 * 1_024 * 1_024; // 8 MiB
const READY_WITHIN_MILLIS = 1_500;
const NOT_FOUND = 404;

/**
 * Reaches a subgraph over HTTP keep-alive, and over one shared WebSocket (graphql-transport-ws) for subscriptions.
 * Deadline and correlation id travel inside the signed proof: a header of their own could contradict it.
 *
 * @param options.url the subgraph's endpoint: `http://orders:4003/graphql`, or `unix:/run/orders.sock:/graphql`
 * @param options.timeoutMillis how long one answer may take at most, connecting included
 * @param options.maxAnswerBytes a longer answer counts as none. @default 8_388_608 // 8 MiB
 * @throws {SubgraphUnreachable} from `execute`, and from the iterators of `subscribe` when the connection is lost
 */
export function createRemoteLink(options: {
  name: string;
  url: string;
  timeoutMillis: number;
  maxAnswerBytes?: number;
}): SubgraphLink {
  const { name, timeoutMillis, maxAnswerBytes = MAX_ANSWER_BYTES } = options;
  const { origin, path, socketPath, webSocketUrl } = readSubgraphAddress(options.url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
    connect: { timeout: timeoutMillis, ...(socketPath && { socketPath }) },
    // Each exchange keeps its own time, from the first moment to the last byte.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const writeBody = createBodyWriter();
  const subscriptions = openRemoteSubscriptions({ name, url: webSocketUrl, timeoutMillis });

  return {
    name,
    keepsTime: true,

    async execute(request) {
      const body = await exchange(pool, {
        subgraph: name,
        request: {
          method: 'POST',
          path,
          headers: headersOf(request),
          body: writeBody(request),
        },
        withinMillis: Math.min(request.withinMillis ?? timeoutMillis, timeoutMillis),
        maxAnswerBytes,
        signal: request.signal,
      });
      try {
        return readAnswer(JSON.parse(body.toString()));
      } catch (cause) {
        throw new SubgraphUnreachable(name, { reason: 'answer', cause });
      }
    },

    subscribe: (request) => Promise.resolve(subscriptions.subscribe(request)),

    isReady: () => saysReady(pool),

    report: () => readReport(pool),

    async close() {
      await Promise.all([subscriptions.close(), pool.close()]);
    },
  };
}

/** Names and values in turn. The trace goes on at the subgraph (W3C Trace Context). */
function headersOf({ proof }: SubgraphRequest): string[] {
  const headers = ['content-type', 'application/json', SERVICE_PROOF_HEADER, String(proof)];
  const span = currentSpan();
  if (span) headers.push('traceparent', span.traceparent);
  return headers;
}

/** Asks `/health/ready`. Whoever does not know that page, and says so, is alive. */
async function saysReady(pool: Pool): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(READY_WITHIN_MILLIS);
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/health/ready', signal });
    await body.dump();
    return statusCode < 300 || statusCode === NOT_FOUND;
  } catch {
    return false;
  }
}
