import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Logger } from '@storegraph/observability';
import type { Authenticate } from '../identity/authenticate.js';
import { deviceOfSocket } from '../identity/device.js';
import { countSlowReader } from '../insight/watch-subscriptions.js';
import { API_KEY_HEADER, type RecogniseApiKey } from '../limits/api-keys.js';
import { REQUEST_BYTES } from '../limits/document-size.js';
import { Conversation, type Host, type Peer } from './conversation.js';
import type { Caller, StartOperation } from './operations.js';
import type { AllowsOrigin } from './origin.js';
import { CLOSING, SUBPROTOCOL, type Closing } from './protocol.js';
import type { RealtimeLimits } from './realtime-limits.js';

const PATH = '/graphql';
const CLEAN_CLOSE_MILLIS = 2_000; // two seconds to say goodbye

export type SocketServer = {
  /** Says goodbye to everybody and resolves when they are gone. */
  close(): Promise<void>;
};

export type SocketServerOptions = {
  readonly start: StartOperation;
  readonly authenticate: Authenticate;
  readonly recogniseApiKey: RecogniseApiKey;
  readonly allowsOrigin: AllowsOrigin;
  readonly limits: RealtimeLimits;
  readonly trustProxy: boolean;
  readonly log: Logger;
};

/** Serves graphql-transport-ws on the web server's own port. */
export function acceptSockets(server: Server, options: SocketServerOptions): SocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: REQUEST_BYTES,
    handleProtocols: (offered) => offered.has(SUBPROTOCOL) && SUBPROTOCOL,
  });
  const conversations = new Map<WebSocket, Conversation<Guest>>();
  const heartbeat = startHeartbeat(options.limits);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== PATH) return refuseUpgrade(socket, '404 Not Found');
    if (!options.allowsOrigin(request.headers)) return refuseUpgrade(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (opened.protocol !== SUBPROTOCOL) return leave(opened, CLOSING.subprotocol);
      const conversation = converse(opened, request, options);
      conversations.set(opened, conversation);
      opened.once('close', () => conversations.delete(opened));
      heartbeat.watch(opened);
    });
  };
  server.on('upgrade', upgrade);
  return {
    async close() {
      server.off('upgrade', upgrade);
      heartbeat.stop();
      for (const conversation of conversations.values()) conversation.close(CLOSING.goingAway);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

function converse(
  socket: WebSocket,
  request: IncomingMessage,
  options: SocketServerOptions,
): Conversation<Guest> {
  const { limits, log } = options;
  const peer: Peer = {
    send(text) {
      if (socket.bufferedAmount > limits.unreadBytes) conversation.close(CLOSING.slowReader);
      else socket.send(text);
    },
    close(closing) {
      if (closing === CLOSING.slowReader) countSlowReader('websocket');
      leave(socket, closing);
    },
  };
  const conversation = new Conversation(peer, hostOf(request, options), limits);
  socket.on('message', (data: Buffer) => {
    try {
      conversation.hear(data.toString());
    } catch (error) {
      log.error({ err: error }, 'socket failed');
      conversation.close(CLOSING.internalError);
    }
  });
  socket.on('error', (error) => log.debug({ err: error }, 'socket error'));
  socket.once('close', () => conversation.end());
  return conversation;
}

type Guest = Caller & { readonly expiresAt: number | null };

function hostOf(
  request: IncomingMessage,
  { start, authenticate, recogniseApiKey, trustProxy, log }: SocketServerOptions,
): Host<Guest> {
  const device = deviceOfSocket(request, trustProxy);
  const { authorization } = request.headers;
  return {
    async admit(params) {
      const given = params['authorization'] ?? params['Authorization'];
      try {
        const identity = await authenticate(typeof given === 'string' ? given : authorization);
        const apiKey = recogniseApiKey(request.headers[API_KEY_HEADER]?.toString());
        return {
          guest: { identity, device, apiKey, transport: 'websocket', expiresAt: identity.expiresAt },
        };
      } catch (error) {
        if (!(error instanceof GraphQLError)) log.error({ err: error }, 'socket failed');
        return { refused: closingFor(error) };
      }
    },
    start,
  };
}

/** A bad token is refused; that nobody can say whether it is bad is not the client's fault. */
function closingFor(error: unknown): Closing {
  if (!(error instanceof GraphQLError)) return CLOSING.internalError;
  return error.extensions['code'] === 'UNAUTHENTICATED' ? CLOSING.forbidden : CLOSING.tryAgainLater;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Closes politely; a peer that does not answer is cut off. */
function leave(socket: WebSocket, { code, reason }: Closing): void {
  if (socket.readyState === socket.CLOSED) return;
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), CLEAN_CLOSE_MILLIS).unref();
  socket.once('close', () => clearTimeout(timer));
}

/** Cuts off peers that have not answered since the last beat. */
function startHeartbeat({ heartbeatMillis }: RealtimeLimits) {
  const watched = new Set<WebSocket>();
  const silent = new Set<WebSocket>();
  const beat = (socket: WebSocket): void => {
    if (silent.has(socket)) return socket.terminate();
    silent.add(socket);
    socket.ping();
  };
  const timer = setInterval(() => watched.forEach(beat), heartbeatMillis).unref();
  return {
    watch(socket: WebSocket): void {
      watched.add(socket);
      socket.on('pong', () => silent.delete(socket));
      socket.once('close', () => {
        watched.delete(socket);
        silent.delete(socket);
      });
    },
    stop: () => clearInterval(timer),
  };
}
