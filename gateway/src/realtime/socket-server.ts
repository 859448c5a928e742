import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer, type Server as Protocol } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Logger } from '@storegraph/observability';
import { deviceOfSocket } from '../identity/device.js';
import { REQUEST_BYTES } from '../limits/document-size.js';
import { CLOSE, realtimeOperations, type RealtimeOptions, type SocketState } from './operations.js';

const PATH = '/graphql';
/** What may wait in one socket's buffer before its reader counts as too slow. */
const BUFFER_LIMIT = 1_024 * 1_024; // 1 MiB
const HEARTBEAT_MILLIS = 15_000; // fifteen seconds
const CLEAN_CLOSE_MILLIS = 2_000; // two seconds to say goodbye
const GOING_AWAY = 1001; // RFC 6455 §7.4.1
const INTERNAL_ERROR = 4500; // GraphQL over WebSocket

export type SocketServer = { close(): Promise<void> };

/** Serves graphql-transport-ws on the web server's own port. */
export function acceptSockets(
  server: Server,
  options: RealtimeOptions & { trustProxy: boolean },
): SocketServer {
  const { log, trustProxy } = options;
  const protocol = makeServer<Record<string, unknown>, SocketState>(realtimeOperations(options));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: REQUEST_BYTES, handleProtocols });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) =>
      serve(opened, request, { protocol, trustProxy, log }),
    );
  };
  server.on('upgrade', upgrade);
  return {
    async close() {
      server.off('upgrade', upgrade);
      for (const socket of sockets.clients) leave(socket, GOING_AWAY, 'Going away');
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

function serve(
  socket: WebSocket,
  request: IncomingMessage,
  { protocol, trustProxy, log }: { protocol: Protocol<SocketState>; trustProxy: boolean; log: Logger },
): void {
  const stopHeartbeat = heartbeat(socket);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data),
      close: (code, reason) => leave(socket, code, reason),
      onMessage: (handle) =>
        socket.on('message', (message: Buffer) => {
          handle(message.toString()).catch((error: unknown) => {
            log.error({ err: error }, 'socket failed');
            leave(socket, INTERNAL_ERROR, 'Internal server error');
          });
        }),
    },
    {
      authorization: request.headers.authorization,
      device: deviceOfSocket(request, trustProxy),
      identity: null,
      close: (code, reason) => leave(socket, code, reason),
    },
  );
  socket.on('error', (error) => log.debug({ err: error }, 'socket error'));
  socket.once('close', (code, reason) => {
    stopHeartbeat();
    closed(code, reason.toString()).catch((error: unknown) =>
      log.error({ err: error }, 'socket clean-up failed'),
    );
  });
}

/** Resolves when the message has left this process, which slows the sender down to its reader's pace. */
function send(socket: WebSocket, data: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > BUFFER_LIMIT) {
    leave(socket, CLOSE.slowReader, 'Reading too slowly');
    return Promise.resolve();
  }
  // A socket that breaks while sending also closes, and closing ends its operations.
  return new Promise((resolve) => socket.send(data, () => resolve()));
}

/** Closes politely; a peer that does not answer is cut off. */
function leave(socket: WebSocket, code?: number, reason?: string): void {
  if (socket.readyState === socket.CLOSED) return;
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), CLEAN_CLOSE_MILLIS).unref();
}

/** Cuts off peers that no longer answer pings. */
function heartbeat(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, HEARTBEAT_MILLIS);
  timer.unref();
  return () => clearInterval(timer);
}
