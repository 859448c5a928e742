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

/** The same events; where the source would throw, the result gives `say(thrown)` as its last value and ends. */
export function withLastWord<Value>(
  source: AsyncIterator<Value>,
  say: (thrown: unknown) => Value,
): AsyncIterableIterator<Value> {
  let isOver = false;
  return {
    async next() {
      if (isOver) return { done: true, value: undefined };
      try {
        return await source.next();
      } catch (thrown) {
        isOver = true;
        await leave(source);
        return { done: false, value: say(thrown) };
      }
    },
    async return() {
      isOver = true;
      await leave(source);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** The same events until the signal is given; a reader waiting then is let go. */
export function until<Value>(
  signal: AbortSignal | undefined,
  source: AsyncIterableIterator<Value>,
): AsyncIterableIterator<Value> {
  if (!signal) return source;
  const end = () => void leave(source);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return {
    async next() {
      const step = await source.next();
      if (step.done) signal.removeEventListener('abort', end);
      return step;
    },
    async return() {
      signal.removeEventListener('abort', end);
      await leave(source);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A source that broke, or is broken by leaving it, has nothing more to say. */
async function leave(source: AsyncIterator<unknown>): Promise<void> {
  try {
    await source.return?.();
  } catch {
    // Already told, or nobody listens any more.
  }
}
