import type { ExecutionResult } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { mapEvents, until } from './event-stream.js';
import type { SubgraphRequest } from './link.js';
import { readAnswer, readErrors } from './remote-answer.js';
import { SubgraphUnreachable } from './subgraph-unreachable.js';

type Results = AsyncIterableIterator<ExecutionResult>;

const PING_EVERY_MILLIS = 10_000; // ten seconds
const PONG_WITHIN_MILLIS = 5_000; // five seconds

/**
 * Subscriptions to one subgraph over one socket, opened for the first and closed after the last of them. A lost socket
 * ends them all by `SubgraphUnreachable`: subscribing again silently would miss events, and with a proof long expired.
 * The next subscription opens a new socket.
 */
export function openRemoteSubscriptions(options: { name: string; url: string; timeoutMillis: number }): {
  subscribe(request: SubgraphRequest): Results;
  close(): Promise<void>;
} {
  const sockets = new Set<WebSocket>();
  let client: Client | null = null;
  return {
    subscribe({ query, variables, operationName, proof, signal }) {
      client ??= connect(options, sockets);
      const events = client.iterate<Record<string, unknown>, Record<string, unknown>>({
        query,
        variables: variables ?? null,
        operationName: operationName ?? null,
        extensions: { proof: String(proof) },
      });
      return until(signal, answers(events, options.name));
    },
    async close() {
      client?.terminate();
      await client?.dispose();
      for (const socket of sockets) socket.terminate();
    },
  };
}

function connect(
  { url, timeoutMillis }: { url: string; timeoutMillis: number },
  sockets: Set<WebSocket>,
): Client {
  class TrackedSocket extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { handshakeTimeout: timeoutMillis });
      sockets.add(this);
      // Given up while it connects, it tells its error when graphql-ws has stopped listening: nobody may die of that.
      this.on('error', () => undefined);
      this.once('close', () => sockets.delete(this));
    }
  }
  let pongDue: NodeJS.Timeout | undefined;
  const client = createClient({
    url,
    webSocketImpl: TrackedSocket,
    lazy: true,
    retryAttempts: 0,
    connectionAckWaitTimeout: timeoutMillis,
    keepAlive: PING_EVERY_MILLIS,
    on: {
      ping: (isReceived) => {
        // A peer that lost its power sends no close: only silence tells.
        if (!isReceived) pongDue = setTimeout(() => client.terminate(), PONG_WITHIN_MILLIS);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongDue);
      },
      closed: () => clearTimeout(pongDue),
    },
  });
  return client;
}

/** graphql-ws throws what the peer's `error` message held, a list of errors; a lost socket throws anything else. */
function answers(events: AsyncIterableIterator<unknown>, name: string): Results {
  const results = mapEvents(events, async (payload) => readAnswer(payload));
  let isOver = false;
  return {
    async next() {
      if (isOver) return { done: true, value: undefined };
      try {
        return await results.next();
      } catch (thrown) {
        isOver = true;
        await results.return?.();
        if (Array.isArray(thrown)) return { done: false, value: { errors: readErrors(thrown) } };
        throw new SubgraphUnreachable(name, { cause: asError(thrown) });
      }
    },
    async return() {
      isOver = true;
      await results.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A socket's close and error events are no errors, but say what happened. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { error, code, reason } = thrown as { error?: unknown; code?: unknown; reason?: unknown };
  if (error instanceof Error) return error;
  return new Error(`the socket closed (${String(code)} ${String(reason)})`);
}
