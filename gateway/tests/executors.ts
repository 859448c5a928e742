import { createInProcessAnswerCache } from '@storegraph/events';
import { createProofSigner, type Viewer } from '@storegraph/identity';
import type { CacheHints } from '../src/caching/cache-hints.js';
import { createEntityReadings } from '../src/caching/entity-readings.js';
import { keepEntities } from '../src/caching/keep-entities.js';
import { createContext } from '../src/context.js';
import { createCompiledExecutor } from '../src/execution/compiled-executor.js';
import { EXECUTORS as BY_NAME } from '../src/execution/engine.js';
import type { CreatePlanExecutor } from '../src/execution/plan-executor.js';

/** Every engine the gateway can run plans with; what holds for one must hold for all. */
export const EXECUTORS: readonly (readonly [name: string, create: CreatePlanExecutor])[] = [
  ...Object.entries(BY_NAME),
  ['compiled, remembering', createRememberingExecutor],
];

const CUSTOMER: Viewer = {
  kind: 'user',
  id: 'u1',
  role: 'customer',
  scopes: [],
  sessionId: 's1',
  sellerId: null,
};

/** Everything may be kept: worlds of which this is said must not change between two questions. */
const ALWAYS: Pick<CacheHints, 'ofType' | 'ofField'> = {
  ofType: () => ({ maxAgeSeconds: 60, inherits: true }),
  ofField: () => ({ maxAgeSeconds: 60, inherits: true }),
};

/** Answers queries for the second time, with the entities that it kept at the first. */
function createRememberingExecutor(...[supergraph]: Parameters<CreatePlanExecutor>) {
  const kept = keepEntities(
    { ...supergraph, hints: { ...supergraph.hints, ...ALWAYS } },
    {
      cache: createInProcessAnswerCache(),
      readings: createEntityReadings(),
      mayShow: () => true,
    },
  );
  const execute = createCompiledExecutor(supergraph, kept);
  return async (run: Parameters<typeof execute>[0]) => {
    if (run.event || run.planned.operation.operation !== 'query') return execute(run);
    const remembering = { ...run, entities: kept.readerFor(customerContext()) };
    await execute(remembering);
    return execute(remembering);
  };
}

function customerContext() {
  return createContext({
    viewer: CUSTOMER,
    device: { address: null, userAgent: null },
    correlationId: 'remembering',
    timeoutMillis: Number.POSITIVE_INFINITY,
    signProof: createProofSigner({ issuer: 'gateway', key: 'nobody-asks-for-a-proof-in-these-tests' }),
  });
}
