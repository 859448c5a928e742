import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of a piece of work. Names and codes, never a person's data or the values of variables. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a span begins. */
export type SpanStart = {
  /** Of few different values: what kind of work this is, not which one. */
  readonly name: string;
  /** @default 'internal' */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: Attributes;
  /** The `traceparent` of the work that caused this one elsewhere; the span around this code when absent or unreadable. */
  readonly parent?: string | undefined;
};

/** One piece of work in a trace. */
export type Span = {
  readonly traceId: string;
  readonly spanId: string;
  /** The value of the header that makes another process's work part of this (W3C Trace Context, `traceparent`). */
  readonly traceparent: string;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Says that the work failed, by a code or the name of an error's class: messages may quote what people entered. */
  fail(errorType: string): void;
  end(): void;
};

/** Makes spans; the only thing that knows OpenTelemetry. */
export type SpanFactory = (start: SpanStart, around: Span | undefined) => Span;

const active = new AsyncLocalStorage<Span>();
let factory: SpanFactory | null = null;

/** Switches tracing on, or off again with `null`. */
export function useSpans(next: SpanFactory | null): void {
  factory = next;
}

/** Whether spans are made. While they are not, nothing in this file costs more than one comparison. */
export function isTracing(): boolean {
  return factory !== null;
}

/** The span whose work is being done, if any. */
export function currentSpan(): Span | undefined {
  return factory === null ? undefined : active.getStore();
}

/** The headers that carry the trace to another process; none while there is no span. */
export function traceHeaders(): { readonly traceparent?: string } {
  const span = currentSpan();
  return span ? { traceparent: span.traceparent } : NO_HEADERS;
}

const NO_HEADERS = Object.freeze({});

/** Begins a span that the caller ends. Work done meanwhile is not part of it unless run by `within`. */
export function startSpan(start: SpanStart): Span | null {
  return factory === null ? null : factory(start, active.getStore());
}

/** Runs work as part of a span. */
export function withinSpan<Result>(span: Span, work: () => Result): Result {
  return active.run(span, work);
}

/**
 * Does a piece of work in a span of its own, which ends when the work's promise settles and has failed when it rejects.
 *
 * @param start called only while spans are made
 * @param work is given no span while none are made
 */
export function inSpan<Result>(
  start: () => SpanStart,
  work: (span: Span | null) => Promise<Result>,
): Promise<Result> {
  return factory === null ? work(null) : finished(factory(start(), active.getStore()), work);
}

async function finished<Result>(span: Span, work: (span: Span) => Promise<Result>): Promise<Result> {
  try {
    return await active.run(span, work, span);
  } catch (error) {
    span.fail(errorType(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The name of an error's class, or its code when it has one: both are of few values and quote nobody. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
