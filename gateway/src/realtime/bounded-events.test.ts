import { describe, expect, it } from 'vitest';
import { boundedEvents } from './bounded-events.js';

/** A source that says what it is told. */
function source() {
  const steps: IteratorResult<number, undefined>[] = [];
  let wake: (() => void) | null = null;
  let failure: Error | null = null;
  const state = { isLeft: false };
  const iterator: AsyncIterator<number> = {
    async next() {
      while (steps.length === 0 && !failure) await new Promise<void>((resolve) => (wake = resolve));
      if (failure) throw failure;
      return steps.shift() ?? { done: true, value: undefined };
    },
    return() {
      state.isLeft = true;
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  const say = (step: IteratorResult<number, undefined>) => {
    steps.push(step);
    wake?.();
  };
  return {
    iterator,
    state,
    say: (value: number) => say({ done: false, value }),
    end: () => say({ done: true, value: undefined }),
    fail: (error: Error) => {
      failure = error;
      wake?.();
    },
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const options = { limit: 3, onOverflow: () => undefined };

describe('bounded events', () => {
  it('come in order, those that waited first, and then the end', async () => {
    const { iterator, say, end } = source();
    const events = boundedEvents(iterator, options);
    const first = events.next();
    [1, 2, 3].forEach(say);
    end();
    await settle();
    expect([(await first).value, (await events.next()).value, (await events.next()).value]).toEqual([
      1, 2, 3,
    ]);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('leave the source and say so once when too many wait', async () => {
    let overflows = 0;
    const { iterator, say, state } = source();
    const events = boundedEvents(iterator, { limit: 3, onOverflow: () => (overflows += 1) });
    [1, 2, 3, 4, 5].forEach(say);
    await settle();
    expect([overflows, state.isLeft]).toEqual([1, true]);
    expect((await events.next()).done).toBe(true);
  });

  it('let a waiting reader go at once when it returns', async () => {
    const { iterator, state } = source();
    const events = boundedEvents(iterator, options);
    const pending = events.next();
    await events.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(state.isLeft).toBe(true);
  });

  it('pass on what waits before the failure of the source', async () => {
    const { iterator, say, fail } = source();
    const events = boundedEvents(iterator, options);
    say(1);
    await settle();
    fail(new Error('gone'));
    await settle();
    expect((await events.next()).value).toBe(1);
    await expect(events.next()).rejects.toThrow('gone');
  });
});
