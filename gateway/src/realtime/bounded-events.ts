const DONE = { done: true, value: undefined } as const;

type Waiting<Event> = {
  resolve(result: IteratorResult<Event, undefined>): void;
  reject(reason: unknown): void;
};

/**
 * Reads a source as fast as it speaks and keeps what the consumer has not taken yet, up to a limit. Without it a slow
 * consumer would let the queues before it grow. An explicit iterator: `return()` answers at once, even while `next()` waits.
 *
 * @param options.onOverflow called once when the limit is passed; the source has been left then
 */
export function boundedEvents<Event>(
  source: AsyncIterator<Event>,
  options: { limit: number; onOverflow: () => void },
): AsyncIterableIterator<Event> {
  const queue: Event[] = [];
  let waiting: Waiting<Event> | null = null;
  let ending: { reason?: unknown } | null = null;

  const end = (how: { reason?: unknown }): void => {
    ending ??= how;
    const one = waiting;
    waiting = null;
    if (!one) return;
    if ('reason' in ending) one.reject(ending.reason);
    else one.resolve(DONE);
  };
  const leave = async (): Promise<void> => {
    end({});
    queue.length = 0;
    await source.return?.();
  };
  const take = (event: Event): void => {
    if (waiting) {
      waiting.resolve({ done: false, value: event });
      waiting = null;
    } else if (queue.length < options.limit) queue.push(event);
    else {
      void leave().catch(() => undefined);
      options.onOverflow();
    }
  };
  const pump = async (): Promise<void> => {
    try {
      while (!ending) {
        const step = await source.next();
        if (step.done) return end({});
        if (!ending) take(step.value);
      }
    } catch (reason) {
      end({ reason });
    }
  };
  void pump();

  return {
    next() {
      const event = queue.shift();
      if (event !== undefined) return Promise.resolve({ done: false, value: event });
      if (ending) return 'reason' in ending ? Promise.reject(asError(ending.reason)) : Promise.resolve(DONE);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    async return() {
      await leave();
      return DONE;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('the source ended', { cause: reason });
}
