import { z } from 'zod';
import { flag, parseEnv } from '@storegraph/env';

/** Where traces go. */
export type TracingConfig = {
  readonly exporter: 'otlp' | 'console';
  /** The protocol the environment asks for; the exporter speaks `http/json` whatever it says. */
  readonly protocol: string;
};

const SPOKEN = 'http/json';

/**
 * Reads OpenTelemetry's own variables (OpenTelemetry specification, "Environment Variable Specification"), of which the
 * SDK reads the others itself.
 *
 * @returns null when nothing asks for traces, or `OTEL_SDK_DISABLED` forbids them
 * @throws {InvalidEnvironment} naming every problem
 */
export function readTracingConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): TracingConfig | null {
  const settings = parseEnv(
    'tracing',
    {
      OTEL_SDK_DISABLED: flag().default(false),
      OTEL_TRACES_EXPORTER: z.enum(['otlp', 'console', 'none']).optional(),
      OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url().optional(),
      OTEL_EXPORTER_OTLP_PROTOCOL: z.string().default(SPOKEN),
    },
    env,
  );
  const hasEndpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const exporter = settings.OTEL_TRACES_EXPORTER ?? (hasEndpoint ? 'otlp' : 'none');
  if (settings.OTEL_SDK_DISABLED || exporter === 'none') return null;
  return { exporter, protocol: settings.OTEL_EXPORTER_OTLP_PROTOCOL };
}

/** Whether the exporter speaks the protocol that was asked for. */
export function isSpoken(protocol: string): boolean {
  return protocol === SPOKEN;
}
