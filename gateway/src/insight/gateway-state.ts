import { beforeScrape, gauge } from '@storegraph/observability';
import type { SubgraphHealth } from '../fetching/subgraph-client.js';

const build = gauge('storegraph_build_info', 'Always 1; the labels tell what runs.', ['service', 'version']);
const circuits = gauge('subgraph_circuit_state', 'Breaker of a subgraph: 0 closed, 1 half open, 2 open.', [
  'subgraph',
]);

const STATES: Record<SubgraphHealth['circuit'], number> = { closed: 0, 'half-open': 1, open: 2 };

/** Shows what runs and how its breakers stand, each time the metrics are read. @returns how to stop */
export function showGatewayState(options: { version: string; health: () => SubgraphHealth[] }): () => void {
  build.set({ service: 'gateway', version: options.version }, 1);
  return beforeScrape(() => {
    for (const { name, circuit } of options.health()) circuits.set({ subgraph: name }, STATES[circuit]);
  });
}
