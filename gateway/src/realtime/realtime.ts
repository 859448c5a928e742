import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.js';
import type { Authenticate } from '../identity/authenticate.js';
import type { RecogniseApiKey } from '../limits/api-keys.js';
import { addEventStreams } from './event-streams.js';
import { createOperations, type OperationsOptions } from './operations.js';
import { createOriginCheck } from './origin.js';
import { REALTIME_LIMITS } from './realtime-limits.js';
import { acceptSockets } from './socket-server.js';

export type Realtime = {
  /** Sends everybody away who is connected, to come back elsewhere. */
  close(): Promise<void>;
};

/** Serves live operations on `/graphql`: graphql-transport-ws, and event streams for clients without WebSocket. */
export function addRealtime(
  app: FastifyInstance,
  options: Omit<OperationsOptions, 'limits'> & {
    config: GatewayConfig;
    authenticate: Authenticate;
    recogniseApiKey: RecogniseApiKey;
  },
): Realtime {
  const { config, log } = options;
  const limits = { ...REALTIME_LIMITS, ...config.realtime };
  const trustProxy = config.trustProxy ?? false;
  const shared = {
    ...options,
    limits,
    trustProxy,
    start: createOperations({ ...options, limits }),
    allowsOrigin: createOriginCheck({ ...config, trustProxy }),
    log,
  };
  const streams = addEventStreams(app, shared);
  const sockets = acceptSockets(app.server, shared);
  return {
    async close() {
      streams.close();
      await sockets.close();
    },
  };
}
