import { createContext, Script } from 'node:vm';

/** Synchronous work did not end in its time and was ended. What it was changing may be half changed. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

const script = new Script('work()');

/**
 * Does synchronous work, and ends it when it takes too long: V8 stops what runs inside a script that has a timeout, which
 * nothing else can do on the thread that is busy.
 *
 * @throws {TookTooLong}, or whatever the work throws
 */
export function cutOffAfter<Result>(millis: number, work: () => Result): Result {
  try {
    return script.runInContext(createContext({ work }), { timeout: millis }) as Result;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TookTooLong(`not done within ${millis} ms`, { cause: error });
  }
}
