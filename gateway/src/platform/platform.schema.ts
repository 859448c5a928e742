import { buildFederatedSchema, type FederatedSchema } from '@storegraph/subgraph-server';
import { NodeResolver } from './node.resolver.js';
import { ENTITY_TYPES } from './node.type.js';
import { OperationCostResolver } from './operation-cost.resolver.js';
import type { PlatformContext } from './platform-context.js';
import { ServiceStatusResolver } from './service-status.resolver.js';

/** The small subgraph that lives in the gateway: finding things by id, what operations cost, and how the services are. */
export function buildSchema(): FederatedSchema {
  return buildFederatedSchema<PlatformContext>({
    resolvers: [NodeResolver, OperationCostResolver, ServiceStatusResolver],
    references: {},
    orphanedTypes: [...ENTITY_TYPES.values()],
  });
}
