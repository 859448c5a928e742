import { releaseBlobs } from '../blobs/keep-blob.action.js';
import type { Deps } from '../context.js';
import { removeAbandonedFiles } from './temporary-file.store.js';
import { deleteStaleUploads } from './upload.store.js';

const HOUR_MILLIS = 3_600_000;

/** Forgets files that were announced and not sent, sent and not completed within a day, and completed a week ago. */
export async function sweepUploads(deps: Deps): Promise<void> {
  const now = deps.now();
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MILLIS);
  await deps.prisma.$transaction(async (tx) => {
    const released = await deleteStaleUploads(tx, {
      expired: ago(1),
      abandoned: ago(24),
      completed: ago(24 * 7),
    });
    await releaseBlobs(tx, released, now);
  });
  await removeAbandonedFiles(deps.config.temporaryFolder);
}
