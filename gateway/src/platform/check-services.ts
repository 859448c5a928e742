import type { ProofSigner } from '@storegraph/identity';
import { currentCorrelationId, newCorrelationId } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import { isAlive } from '../fetching/sign-of-life.js';
import type { SubgraphHealth } from '../fetching/subgraph-client.js';
import { CircuitState, ServiceAvailability, type ServiceStatus } from './service-status.type.js';

const WITHIN_MILLIS = 1_000; // one second

const CIRCUITS: Record<SubgraphHealth['circuit'], CircuitState> = {
  closed: CircuitState.CLOSED,
  'half-open': CircuitState.HALF_OPEN,
  open: CircuitState.OPEN,
};

/** Asks each subgraph for a sign of life and what it tells of itself, past its breaker. */
export function createServiceCheck(options: {
  links: readonly SubgraphLink[];
  signProof: ProofSigner;
  health: () => SubgraphHealth[];
  /** What this process' own release is called. */
  version: string;
}): () => Promise<ServiceStatus[]> {
  return async () => {
    const proof = options.signProof({
      viewer: { kind: 'service', name: 'gateway' },
      correlationId: currentCorrelationId() ?? newCorrelationId(),
      deadlineAt: Date.now() + WITHIN_MILLIS,
    });
    const circuits = new Map(options.health().map(({ name, circuit }) => [name, circuit]));
    return Promise.all(
      options.links.map(async (link) => {
        const startedAt = performance.now();
        const reporting = link.report?.();
        const answers = await isAlive(link, proof);
        const latencyMillis = answers ? performance.now() - startedAt : null;
        const report = await reporting;
        return {
          name: link.name,
          status: answers ? ServiceAvailability.AVAILABLE : ServiceAvailability.UNAVAILABLE,
          circuit: CIRCUITS[circuits.get(link.name) ?? 'closed'],
          latencyMillis,
          // What shares this process is of its release.
          version: report ? (report.version ?? options.version) : null,
          eventLagSeconds: report?.eventLagSeconds ?? null,
          checkedAt: new Date(),
        };
      }),
    );
  };
}
