/**
 * Several live streams as one. An explicit iterator, so that a subscriber who leaves while nothing happens is let
 * go at once; leaving it leaves them all, and the first that fails or ends takes the others with it.
 */
export function mergeStreams<Value>(
  streams: readonly AsyncIterableIterator<Value>[],
): AsyncIterableIterator<Value> {
  type Step = { stream: AsyncIterableIterator<Value>; result: IteratorResult<Value, unknown> };
  const ask = (stream: AsyncIterableIterator<Value>): Promise<Step> =>
    stream.next().then((result) => ({ stream, result }));
  const pending = new Map(streams.map((stream) => [stream, ask(stream)]));

  const leave = async (): Promise<IteratorResult<Value, undefined>> => {
    const left = [...pending.keys()];
    pending.clear();
    await Promise.all(left.map((stream) => stream.return?.()));
    return { done: true, value: undefined };
  };

  return {
    async next() {
      if (pending.size === 0) return { done: true, value: undefined };
      const { stream, result } = await Promise.race(pending.values());
      if (result.done) return leave();
      if (pending.has(stream)) pending.set(stream, ask(stream));
      return result;
    },
    return: leave,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
