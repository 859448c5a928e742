import type { ExecutionResult } from 'graphql';

/** Runs once what is asked several times at the same time. */
export type ShareRuns = (
  subject: object,
  key: string,
  run: () => Promise<ExecutionResult>,
) => Promise<ExecutionResult>;

/**
 * Identical queries of one viewer that overlap in time share one execution. Everything an answer may depend on has to be
 * in the key: who asks, from which device, with which variables.
 */
export function createShareRuns(): ShareRuns {
  const running = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();
  return (subject, key, run) => {
    const same = running.get(subject) ?? new Map<string, Promise<ExecutionResult>>();
    running.set(subject, same);
    const known = same.get(key);
    if (known) return known;
    const result = run();
    const forget = () => same.delete(key);
    same.set(key, result);
    result.then(forget, forget);
    return result;
  };
}
