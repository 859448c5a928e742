import type { Database } from '@storegraph/media-db';
import { assetFrom, type Asset } from '../assets/asset.js';
import type { StoredFile } from '../uploads/upload.js';

export type { Database } from '@storegraph/media-db';

/** A picture that lies elsewhere. */
export type ExternalImage = {
  readonly id: string;
  readonly originKey: string;
  readonly sourceUrl: string;
  readonly alt: string | null;
};

/** Records pictures, each address once; answers the asset of each origin, new or known. */
export async function recordExternalImages(
  db: Database,
  images: readonly ExternalImage[],
  now: Date,
): Promise<Map<string, string>> {
  // In one order, so that two imports of the same pictures never wait for each other.
  const sorted = [...images].sort((one, other) => (one.originKey < other.originKey ? -1 : 1));
  await db.asset.createMany({
    data: sorted.map((image) => ({
      ...image,
      kind: 'IMAGE' as const,
      status: 'PENDING' as const,
      purpose: 'PRODUCT' as const,
      isPublic: true,
      nextFetchAt: now,
      createdAt: now,
      updatedAt: now,
    })),
    skipDuplicates: true,
  });
  const rows = await db.asset.findMany({
    where: { originKey: { in: sorted.map(({ originKey }) => originKey) } },
    select: { id: true, originKey: true },
  });
  return new Map(rows.map(({ id, originKey }) => [originKey ?? '', id]));
}

/** A picture it is time to fetch, with the number of attempts including this one. */
export type DueImage = { readonly id: string; readonly sourceUrl: string; readonly attempts: number };

/** Takes pictures that are due; nobody else gets them before `until`. */
export async function takeDueImages(
  db: Database,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<DueImage[]> {
  return db.$queryRaw<DueImage[]>`
    UPDATE assets SET fetch_attempts = fetch_attempts + 1, next_fetch_at = ${until}
    WHERE id IN (
      SELECT id FROM assets WHERE status = 'PENDING' AND next_fetch_at <= ${now}
      ORDER BY next_fetch_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    RETURNING id, source_url AS "sourceUrl", fetch_attempts AS attempts`;
}

/** Says when to try again, or with `null` that the picture stays where it is. */
export async function setNextFetch(db: Database, id: string, nextFetchAt: Date | null): Promise<void> {
  await db.asset.updateMany({
    where: { id, status: 'PENDING' },
    data: { nextFetchAt, ...(nextFetchAt === null && { status: 'FAILED' as const }) },
  });
}

/** Turns a picture that lay elsewhere into one of ours; `null` when it has been deleted or fetched meanwhile. */
export async function adoptImage(
  db: Database,
  id: string,
  file: StoredFile & { mimeType: string; now: Date },
): Promise<Asset | null> {
  const { now, ...content } = file;
  const [row] = await db.asset.updateManyAndReturn({
    where: { id, status: 'PENDING' },
    data: { ...content, status: 'READY', nextFetchAt: null, version: { increment: 1 }, updatedAt: now },
  });
  return row ? assetFrom(row) : null;
}
