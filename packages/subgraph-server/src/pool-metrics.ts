import type { Pool } from 'pg';
import { beforeScrape, gauge } from '@storegraph/observability';

const connections = gauge('database_pool_connections', 'Connections of a domain to its database.', [
  'domain',
  'state',
]);
const waiting = gauge(
  'database_pool_waiting_requests',
  'Statements and transactions that wait for a connection.',
  ['domain'],
);

/** Shows how busy a pool is, each time the metrics are read. @returns how to stop */
export function showPool(domain: string, pool: Pool): () => Promise<void> {
  const stop = beforeScrape(() => {
    connections.set({ domain, state: 'idle' }, pool.idleCount);
    connections.set({ domain, state: 'busy' }, pool.totalCount - pool.idleCount);
    waiting.set({ domain }, pool.waitingCount);
  });
  return () => Promise.resolve(stop());
}
