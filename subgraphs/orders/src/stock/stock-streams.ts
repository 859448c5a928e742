type Stream<Value> = AsyncIterableIterator<Value>;

/**
 * Several live streams as one. An explicit iterator, so that a subscriber who leaves while nothing happens is let
 * go at once; leaving it leaves them all, and the first that fails or ends takes the others with it.
 */
export function mergeStreams<Value>(streams: readonly Stream<Value>[]): Stream<Value> {
  const pending = new Map(streams.map((stream, index) => [index, ask(stream, index)] as const));

  const leave = async (): Promise<IteratorResult<Value, undefined>> => {
    const isLeft = pending.size === 0;
    pending.clear();
    if (!isLeft) await Promise.all(streams.map(async (stream) => stream.return?.()));
    return { done: true, value: undefined };
  };

  return {
    async next() {
      if (pending.size === 0) return { done: true, value: undefined };
      const { index, result } = await Promise.race(pending.values());
      const stream = streams[index];
      if (result.done || !stream) return leave();
      if (pending.has(index)) pending.set(index, ask(stream, index));
      return result;
    },
    return: leave,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function ask<Value>(
  stream: Stream<Value>,
  index: number,
): Promise<{ index: number; result: IteratorResult<Value, unknown> }> {
  return { index, result: await stream.next() };
}
