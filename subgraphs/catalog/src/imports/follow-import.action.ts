import { follow } from '@storegraph/events';
import type { Deps } from '../context.js';
import {
  isFinished,
  NOTHING_COUNTED,
  progressTopic,
  type ImportCounts,
  type ImportJob,
} from './import-job.js';
import { findImportsByIds } from './import-job.store.js';

const COUNTED = Object.keys(NOTHING_COUNTED) as (keyof ImportCounts)[];

/** An import as it is now, and each time it has come further, until it is finished. */
export function followImport(deps: Deps, jobId: string): AsyncIterableIterator<ImportJob, undefined> {
  let seen: string | null = null;
  return follow({
    pubsub: deps.pubsub,
    topic: progressTopic(jobId),
    log: deps.log,
    async read() {
      const [job] = await findImportsByIds(deps.prisma, [jobId]);
      if (!job) return { news: [], isOver: true };
      const now = [job.status, job.total, ...COUNTED.map((count) => job[count])].join(' ');
      const news = now === seen ? [] : [job];
      seen = now;
      return { news, isOver: isFinished(job.status) };
    },
  });
}

/** Progress is news for who watches now; whoever misses it reads the import. */
export async function tellProgress({ pubsub, log }: Deps, jobId: string): Promise<void> {
  await pubsub.publish(progressTopic(jobId), null).catch((error: unknown) => {
    log.warn({ err: error, jobId }, 'progress of an import was not announced');
  });
}
