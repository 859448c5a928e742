/** One thing that was done, what came of it, and how long it took. */
export type Step = { readonly title: string; readonly outcome: string; readonly millis: number };

/** What a tour tells as it goes. */
export type Journal = {
  readonly steps: readonly Step[];
  /** Does one step, tells its outcome and its time, and hands on its result. */
  step<Result>(
    title: string,
    work: () => Promise<readonly [outcome: string, result: Result]>,
  ): Promise<Result>;
};

/** @param tell where each finished step is told; a test listens to none */
export function keepJournal(tell: (line: string) => void): Journal {
  const steps: Step[] = [];
  return {
    steps,
    async step(title, work) {
      const startedAt = performance.now();
      const [outcome, result] = await work();
      const millis = Math.round(performance.now() - startedAt);
      steps.push({ title, outcome, millis });
      tell(
        `${String(steps.length).padStart(2)}. ${title.padEnd(46)} ${String(millis).padStart(6)} ms   ${outcome}`,
      );
      return result;
    },
  };
}
