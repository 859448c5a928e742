import type { Deps } from '../context.js';
import { lockDoubtfulBlobs, settleDoubts } from './blob.store.js';

const GRACE_MILLIS = 3_600_000; // one hour
const AT_ONCE = 200;
const TRANSACTION_MILLIS = 60_000; // one minute: object storage may be far away

/** Removes content that nothing has named for an hour, and forgets doubts that were unfounded. */
export async function sweepBlobs({
  prisma,
  blobs,
  now,
}: Pick<Deps, 'prisma' | 'blobs' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - GRACE_MILLIS);
  for (let swept = AT_ONCE; swept === AT_ONCE;) {
    swept = await prisma.$transaction(
      async (tx) => {
        const doubtful = await lockDoubtfulBlobs(tx, { before, limit: AT_ONCE });
        for (const { hash, isUsed } of doubtful) if (!isUsed) await blobs.remove(hash);
        await settleDoubts(
          tx,
          doubtful.map(({ hash }) => hash),
        );
        return doubtful.length;
      },
      { timeout: TRANSACTION_MILLIS },
    );
  }
}
