import type { FastifyInstance } from 'fastify';
import { metricsText } from '@storegraph/observability';
import { eventLagOf } from './self-report.js';
import type { RunningSubgraph } from './start.js';

/** Adds `/health` (alive, and how old the oldest event in the outbox is), `/health/ready` (503 while the database is away or the process is stopping) and `/metrics`. */
export function addHealthRoutes(
  app: FastifyInstance,
  options: { subgraph: RunningSubgraph; version: string; isDraining: () => boolean },
): void {
  const { subgraph, version, isDraining } = options;
  const report = (success: boolean, dependencies: Record<string, string>) => ({
    success,
    service: subgraph.name,
    status: success ? 'ok' : 'unavailable',
    timestamp: new Date().toISOString(),
    version,
    dependencies,
  });
  app.get('/health', async () => ({
    ...report(true, {}),
    eventLagSeconds: await eventLagOf(subgraph.name),
  }));
  app.get('/health/ready', async (_request, reply) => {
    const database = await subgraph.isReady();
    const ready = database && !isDraining();
    return reply.code(ready ? 200 : 503).send(report(ready, { database: database ? 'ok' : 'unavailable' }));
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await metricsText();
    return reply.type(contentType).send(body);
  });
}
