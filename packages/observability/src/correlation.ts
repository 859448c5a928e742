import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { currentSpan } from './tracing.js';

const storage = new AsyncLocalStorage<string>();
const ACCEPTABLE = /^[\w.:-]{8,128}$/;

/** Runs `fn` and everything it awaits under one correlation id, so that each log line names it. */
export function withCorrelation<T>(id: string, fn: () => T): T {
  return storage.run(id, fn);
}

/** The correlation id of the request or event being handled, if any. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore();
}

/** The caller's own id when it is short and harmless enough for logs and headers; else the trace's, or a fresh one. */
export function newCorrelationId(proposed?: string): string {
  return proposed !== undefined && ACCEPTABLE.test(proposed)
    ? proposed
    : (currentSpan()?.traceId ?? randomUUID());
}
