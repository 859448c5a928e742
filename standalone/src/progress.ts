/** Tells a waiting person what is being done, once it takes longer than a second. */
export type Progress = <Result>(what: string, work: () => Promise<Result>) => Promise<Result>;

const PATIENCE_MILLIS = 1_000;

/** Writes one line per step that is slow enough to wonder about, and how long it took. */
export function showProgress(out: NodeJS.WritableStream): Progress {
  return async (what, work) => {
    const startedAt = performance.now();
    let told = false;
    const timer = setTimeout(() => {
      told = true;
      out.write(`  ${what} …\n`);
    }, PATIENCE_MILLIS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (told) out.write(`  ${what}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
    }
  };
}
