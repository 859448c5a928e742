import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

type Value = { stringValue?: string; intValue?: number; boolValue?: boolean; doubleValue?: number };
type Attribute = { key: string; value: Value };
type WireSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Attribute[];
  status: { code?: number };
};
type Export = {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: WireSpan[] }[];
  }[];
};

const PATIENCE_MILLIS = 10_000; // ten seconds

/** OpenTelemetry protocol, `Span.SpanKind`. */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

export type ReceivedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: string;
  readonly service: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly hasFailed: boolean;
};

/** A collector of traces: OTLP over HTTP with JSON, on a port of its own. */
export type Collector = AsyncDisposable & {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Everything that was sent, as it was. */
  readonly texts: readonly string[];
  /** Resolves with the first span of that name, in that trace if one is given, once it has come. */
  span(name: string, traceId?: string): Promise<ReceivedSpan>;
};

export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const texts: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const isTraces = request.method === 'POST' && request.url === '/v1/traces';
      if (isTraces) {
        texts.push(text);
        spans.push(...readSpans(JSON.parse(text) as Export));
      }
      response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    texts,
    async span(name, traceId) {
      const until = Date.now() + PATIENCE_MILLIS;
      for (;;) {
        const found = spans.find((one) => one.name === name && (!traceId || one.traceId === traceId));
        if (found) return found;
        if (Date.now() > until)
          throw new Error(`no span ${name} came, only ${spans.map((one) => one.name).join(', ')}`);
        await sleep(20);
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function readSpans({ resourceSpans }: Export): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId, name, kind, attributes, status }) => ({
        traceId,
        spanId,
        parentSpanId: parentSpanId ?? '',
        name,
        kind: KINDS[kind] ?? String(kind),
        service: readAttributes(resource.attributes)['service.name'],
        attributes: readAttributes(attributes),
        hasFailed: status.code === 2,
      })),
    ),
  );
}

function readAttributes(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
