import type * as OpenTelemetryApi from '@opentelemetry/api';
import type { Context, Span as OtelSpan, SpanContext } from '@opentelemetry/api';
import type { Span, SpanFactory, SpanStart } from './tracing.js';

/** A tracer and the queue behind it. */
export type Telemetry = {
  readonly startSpan: SpanFactory;
  /** Sends what is still queued, if anybody takes it, and lets go. Never rejects. */
  close(): Promise<void>;
};

// W3C Trace Context §3.2: version 00, trace id, parent id, flags. Ids of zeros are not valid.
const TRACEPARENT = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/;

/**
 * Loads OpenTelemetry's tracer. The imports stay inside, so that a process without tracing loads none of it. The SDK reads
 * its own standard variables: `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_*`,
 * `OTEL_BSP_*`.
 *
 * @param options.onTrouble told when spans cannot be delivered
 */
export async function loadOpenTelemetry(options: {
  service: string;
  version: string;
  exporter: 'otlp' | 'console';
  onTrouble: (message: string) => void;
}): Promise<Telemetry> {
  const [api, sdk, resources, otlp] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  hearTrouble(api, options.onTrouble);
  const named = new resources.Resource({
    'service.name': options.service,
    'service.version': options.version,
    'service.namespace': 'storegraph',
  });
  const provider = new sdk.BasicTracerProvider({
    // What the environment says wins.
    resource: named.merge(resources.detectResourcesSync({ detectors: [resources.envDetectorSync] })),
    spanProcessors: [
      options.exporter === 'console'
        ? new sdk.SimpleSpanProcessor(new sdk.ConsoleSpanExporter())
        : new sdk.BatchSpanProcessor(new otlp.OTLPTraceExporter()),
    ],
  });
  const tracer = provider.getTracer('storegraph', options.version);
  const kinds = kindsOf(api);
  return {
    startSpan(start, around) {
      const parent = contextOf(api, start.parent, around);
      const span = tracer.startSpan(
        start.name,
        { kind: kinds[start.kind ?? 'internal'], attributes: { ...start.attributes } },
        parent,
      );
      return new TracedWork(span, api.SpanStatusCode.ERROR);
    },
    async close() {
      await provider.shutdown().catch((error: unknown) => options.onTrouble(String(error)));
      api.diag.disable();
    },
  };
}

type Api = typeof OpenTelemetryApi;

class TracedWork implements Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly context: SpanContext;

  constructor(
    readonly span: OtelSpan,
    private readonly failed: number,
  ) {
    this.context = span.spanContext();
    this.traceId = this.context.traceId;
    this.spanId = this.context.spanId;
  }

  get traceparent(): string {
    return `00-${this.traceId}-${this.spanId}-${this.context.traceFlags.toString(16).padStart(2, '0')}`;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: Readonly<Record<string, string | number | boolean | undefined>>): void {
    this.span.setAttributes(attributes);
  }

  fail(errorType: string): void {
    this.span.setAttribute('error.type', errorType);
    this.span.setStatus({ code: this.failed });
  }

  end(): void {
    this.span.end();
  }
}

/** The parent named by another process if it is readable, or the span around the code. */
function contextOf(api: Api, traceparent: string | undefined, around: Span | undefined): Context {
  const remote = readTraceparent(traceparent);
  if (remote) return api.trace.setSpanContext(api.ROOT_CONTEXT, remote);
  return around instanceof TracedWork ? api.trace.setSpan(api.ROOT_CONTEXT, around.span) : api.ROOT_CONTEXT;
}

function readTraceparent(value: string | undefined): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(value ?? '') ?? [];
  if (!traceId || !spanId || !flags) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

function kindsOf({ SpanKind }: Api): Record<NonNullable<SpanStart['kind']>, number> {
  return {
    internal: SpanKind.INTERNAL,
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
    producer: SpanKind.PRODUCER,
    consumer: SpanKind.CONSUMER,
  };
}

/** OpenTelemetry says nothing about its own troubles unless somebody listens. */
function hearTrouble({ diag, DiagLogLevel }: Api, onTrouble: (message: string) => void): void {
  const silent = () => undefined;
  diag.setLogger(
    { error: onTrouble, warn: onTrouble, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
