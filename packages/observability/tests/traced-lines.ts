import { createRequire } from 'node:module';
import { createLogger, inSpan, newCorrelationId, startTracing, traceHeaders } from '../src/index.js';

/** Writes to standard output what a process logs in and around a span, and which of OpenTelemetry it has loaded. */
const log = createLogger('shop');
const tracing = await startTracing({ service: 'shop', version: '1.2.3', log });
const parent = process.argv[2];

await inSpan(
  () => ({ name: 'outer', ...(parent ? { parent } : {}) }),
  async (span) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.info({ ...traceHeaders(), correlationId: newCorrelationId(), hasSpan: span !== null }, 'inside');
  },
);
await inSpan(
  () => ({ name: 'failing' }),
  () => Promise.reject(Object.assign(new Error('Ann is not there'), { code: 'NOT_THERE' })),
).catch((error: unknown) => log.info({ thrown: String(error) }, 'thrown'));
log.info(traceHeaders(), 'outside');
await tracing.close();
const loaded = Object.keys(createRequire(import.meta.url).cache).flatMap(
  (file) => /@opentelemetry\/([\w-]+)/.exec(file)?.[1] ?? [],
);
log.info({ loaded: [...new Set(loaded)] }, 'loaded');
