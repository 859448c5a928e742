import type { FastifyInstance } from 'fastify';
import { metricsText } from '@storegraph/observability';

/** What a dependency answers when asked how it is. */
export type Readiness = () => Promise<Record<string, 'ok' | 'unavailable'>>;

const ANSWER_WITHIN_MILLIS = 1_500; // requirement: truthful within two seconds

/**
 * `/health`: the process lives. `/health/ready`: it should get traffic, which ends the moment it drains.
 * `/metrics`: Prometheus text.
 */
export function addHealth(
  app: FastifyInstance,
  options: { version: string; readiness: Readiness; isDraining: () => boolean },
): void {
  const report = (success: boolean, dependencies: Record<string, string>) => ({
    success,
    service: 'gateway',
    status: success ? 'ok' : 'unavailable',
    timestamp: new Date().toISOString(),
    version: options.version,
    dependencies,
  });
  app.get('/health', () => report(true, {}));
  app.get('/health/ready', async (_request, reply) => {
    if (options.isDraining()) return reply.code(503).send(report(false, {}));
    const dependencies = await answerSoon(options.readiness);
    const ready = Object.values(dependencies).every((state) => state === 'ok');
    return reply.code(ready ? 200 : 503).send(report(ready, dependencies));
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await metricsText();
    return reply.type(contentType).send(body);
  });
}

async function answerSoon(readiness: Readiness): Promise<Record<string, 'ok' | 'unavailable'>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Record<string, 'unavailable'>>((resolve) => {
    timer = setTimeout(() => resolve({ dependencies: 'unavailable' }), ANSWER_WITHIN_MILLIS);
  });
  try {
    return await Promise.race([readiness(), late]);
  } catch {
    return { dependencies: 'unavailable' };
  } finally {
    clearTimeout(timer);
  }
}
