import { isSpoken, readTracingConfig } from './config.js';
import type { Logger } from './logger.js';
import { loadOpenTelemetry } from './open-telemetry.js';
import { useSpans } from './tracing.js';

/** Traces of this process; `close` sends what is still queued. */
export type Tracing = { close(): Promise<void> };

const OFF: Tracing = { close: () => Promise.resolve() };

/**
 * Starts tracing when the environment asks for it in OpenTelemetry's own words (`OTEL_*`), and otherwise does nothing at
 * all. Call it before anything is opened: what is traced is decided when it is opened.
 *
 * @param options.service the name of this process, unless `OTEL_SERVICE_NAME` gives another
 * @throws {InvalidEnvironment} when the environment asks for something that does not exist
 */
export async function startTracing(options: {
  service: string;
  version: string;
  log: Logger;
}): Promise<Tracing> {
  const config = readTracingConfig();
  if (!config) return OFF;
  const { log, ...resource } = options;
  if (!isSpoken(config.protocol))
    log.warn(
      { protocol: config.protocol },
      'traces are sent as http/json: the only protocol of this exporter',
    );
  const telemetry = await loadOpenTelemetry({
    ...resource,
    exporter: config.exporter,
    onTrouble: (trouble) => log.warn({ trouble }, 'traces cannot be delivered'),
  });
  useSpans(telemetry.startSpan);
  return {
    async close() {
      useSpans(null);
      await telemetry.close();
    },
  };
}
