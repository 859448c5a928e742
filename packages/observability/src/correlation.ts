import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { currentSpan } from './tracing.js';

const storage = new AsyncLocalStorage<string>();
const ACCEPTABLE = /^[\w.:-]{8,128}$/;

let followed = 0;

/**
 * Runs `fn` and everything it awaits under one correlation id, so that each log line names it. For as long as anything is
 * followed, Node looks at every promise of the process, which costs an eighth of a small request: code that every request
 * runs through hands the id on instead.
 */
export function withCorrelation<T>(id: string, fn: () => T): T {
  followed += 1;
  try {
    const result = storage.run(id, fn);
    if (result instanceof Promise) result.then(leave, leave);
    else leave();
    return result;
  } catch (error) {
    leave();
    throw error;
  }
}

function leave(): void {
  followed -= 1;
  if (followed === 0) storage.disable();
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
