/** What is told of an import each time it comes further. */
export type ImportProgress = { readonly jobId: string; readonly isFinished: boolean };

/**
 * The state now, then everything that follows, until the import is finished. Whoever looks late misses nothing: the
 * source listens before the state is read.
 */
export function untilFinished(
  source: AsyncIterableIterator<ImportProgress>,
  now: () => Promise<ImportProgress>,
): AsyncIterableIterator<ImportProgress> {
  let life: 'opening' | 'following' | 'ended' = 'opening';
  const end = async (): Promise<IteratorResult<ImportProgress, undefined>> => {
    life = 'ended';
    await source.return?.();
    return { done: true, value: undefined };
  };
  const give = async (value: ImportProgress): Promise<IteratorResult<ImportProgress, undefined>> => {
    if (value.isFinished) await end();
    return { done: false, value };
  };
  return {
    async next() {
      if (life === 'ended') return { done: true, value: undefined };
      if (life === 'opening') {
        life = 'following';
        return give(await now());
      }
      const step = await source.next();
      return step.done ? end() : give(step.value);
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
