import { createProofVerifier } from '@storegraph/identity';
import type { Logger } from '@storegraph/observability';
import { createExecutor, enforceAccess, type SubgraphLink } from '@storegraph/subgraph-server';
import type { PlatformContext } from './platform-context.js';
import { buildSchema } from './platform.schema.js';

/** The platform subgraph, in process in every topology. */
export function createPlatformLink(options: {
  serviceKeys: readonly [string, ...string[]];
  checkServices: PlatformContext['checkServices'];
  quoteOperation: PlatformContext['quoteOperation'];
  log: Logger;
}): SubgraphLink {
  const { checkServices, quoteOperation } = options;
  const { schema } = buildSchema();
  enforceAccess<PlatformContext>(schema, {});
  const executor = createExecutor<PlatformContext>({
    schema,
    verifyProof: createProofVerifier({ keys: options.serviceKeys }),
    createContext: (request) => ({ ...request, checkServices, quoteOperation }),
    log: options.log,
  });
  return { name: 'platform', ...executor, close: () => Promise.resolve() };
}
