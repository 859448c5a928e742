import { newCorrelationId, withCorrelation, type Logger } from '@storegraph/observability';
import type { Job } from './definition.js';

/**
 * Runs each job again and again, its pause measured from the end of the last run, so that runs never overlap.
 * A failing run is logged and tried again at its next turn.
 */
export function startJobs(jobs: readonly Job[], log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = jobs.map((job) => repeat(job, { signal: stopping.signal, log }));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function repeat(job: Job, { signal, log }: { signal: AbortSignal; log: Logger }): Promise<void> {
  while (!signal.aborted) {
    await pause(job.everySeconds * 1_000, signal);
    if (signal.aborted) return;
    await withCorrelation(newCorrelationId(), async () => {
      try {
        await job.run();
      } catch (error) {
        log.error({ err: error, job: job.name }, 'job failed');
      }
    });
  }
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    timer.unref();
    signal.addEventListener('abort', done);
  });
}
