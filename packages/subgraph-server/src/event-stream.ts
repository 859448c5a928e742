/**
 * Explicit iterators instead of `async function*`: a generator's `return()` waits for the pending `next()`, so a
 * subscriber that leaves while nothing happens would never be let go.
 */

/** Maps each event of a source; leaving the result leaves the source. */
export function mapEvents<Event, Result>(
  source: AsyncIterable<Event>,
  map: (event: Event) => Promise<Result>,
): AsyncIterableIterator<Result> {
  const events = source[Symbol.asyncIterator]();
  return {
    async next() {
      const step = await events.next();
      return step.done ? { done: true, value: undefined } : { done: false, value: await map(step.value) };
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A stream of one value. */
export function once<Value>(value: Value): AsyncIterableIterator<Value> {
  let given = false;
  return {
    next() {
      if (given) return Promise.resolve({ done: true, value: undefined });
      given = true;
      return Promise.resolve({ done: false, value });
    },
    return() {
      given = true;
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
