import type { FastifyInstance } from 'fastify';
import type { SubgraphHealth } from '../fetching/subgraph-client.js';
import type { Readiness } from '../http/health.js';
import type { Authenticate } from '../identity/authenticate.js';
import type { ServiceStatus } from '../platform/service-status.type.js';
import { showGatewayState } from './gateway-state.js';
import { addDetailedHealth } from './status/detailed-health.js';
import { createServiceWatch } from './status/service-watch.js';
import { addStatus } from './status/status-routes.js';

/** Shows how the gateway is: the status page, detailed health, and what of it belongs into the metrics. */
export function addInsight(
  app: FastifyInstance,
  options: {
    version: string;
    readiness: Readiness;
    authenticate: Authenticate;
    checkServices: () => Promise<ServiceStatus[]>;
    health: () => SubgraphHealth[];
  },
): { close(): void } {
  const watch = createServiceWatch(options.checkServices);
  addStatus(app, { ...options, watch });
  addDetailedHealth(app, { ...options, watch });
  const hide = showGatewayState(options);
  return {
    close() {
      watch.close();
      hide();
    },
  };
}
