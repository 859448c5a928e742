import { Prisma, type Database } from '@storegraph/media-db';

export type { Database } from '@storegraph/media-db';

/** Notes that content may belong to nothing from now on. Waits for a sweep that is removing it just now. */
export async function doubtBlobs(db: Database, hashes: readonly string[], since: Date): Promise<void> {
  if (hashes.length === 0) return;
  // In one order, so that two writers of the same content never wait for each other.
  const sorted = [...new Set(hashes)].sort();
  await db.$executeRaw`
    INSERT INTO doubtful_blobs (content_hash, since)
    SELECT hash, ${since}::timestamptz FROM unnest(${sorted}::text[]) AS hash
    ON CONFLICT (content_hash) DO UPDATE SET since = EXCLUDED.since`;
}

/** Old doubts, locked until the transaction ends; a writer of the same content waits for it. */
export async function lockDoubtfulBlobs(
  db: Database,
  { before, limit }: { before: Date; limit: number },
): Promise<{ hash: string; isUsed: boolean }[]> {
  const locked = await db.$queryRaw<{ hash: string }[]>`
    SELECT content_hash AS hash FROM doubtful_blobs WHERE since < ${before}
    ORDER BY since LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  const hashes = locked.map(({ hash }) => hash);
  // A statement of its own: what was committed while the lock was awaited must be seen.
  const used = await db.$queryRaw<{ hash: string }[]>(Prisma.sql`
    SELECT content_hash AS hash FROM assets WHERE content_hash = ANY (${hashes}::text[])
    UNION SELECT content_hash FROM renditions WHERE content_hash = ANY (${hashes}::text[])
    UNION SELECT content_hash FROM uploads WHERE content_hash = ANY (${hashes}::text[]) AND status = 'RECEIVED'`);
  const usedHashes = new Set(used.map(({ hash }) => hash));
  return hashes.map((hash) => ({ hash, isUsed: usedHashes.has(hash) }));
}

export async function settleDoubts(db: Database, hashes: readonly string[]): Promise<void> {
  await db.doubtfulBlob.deleteMany({ where: { contentHash: { in: [...hashes] } } });
}
