import type { Database, Prisma } from '@storegraph/media-db';
import {
  MOST_ATTEMPTS,
  type StoredFile,
  type Upload,
  type UploadPurpose,
  type UploadStatus,
} from './upload.js';

export type { Database } from '@storegraph/media-db';

type Row = Prisma.UploadGetPayload<object>;

function toUpload(row: Row): Upload {
  const { contentHash, fileSize, width, height, dominantColor } = row;
  return {
    id: row.id,
    ownerId: row.ownerId,
    purpose: row.purpose as UploadPurpose,
    fileName: row.fileName,
    mimeType: row.mimeType,
    bytes: row.bytes,
    sha256: row.sha256,
    status: row.status as UploadStatus,
    stored: contentHash ? { contentHash, fileSize: fileSize ?? 0n, width, height, dominantColor } : null,
    assetId: row.assetId,
    expiresAt: row.expiresAt,
    createdAt: row.createdAt,
  };
}

export async function insertUpload(
  db: Database,
  upload: Omit<Upload, 'stored' | 'assetId' | 'status'>,
): Promise<Upload> {
  return toUpload(await db.upload.create({ data: { ...upload, status: 'OPEN' } }));
}

export function countOpenUploads(db: Database, owner: { ownerId: string; now: Date }): Promise<number> {
  return db.upload.count({
    where: { ownerId: owner.ownerId, status: 'OPEN', expiresAt: { gt: owner.now } },
  });
}

export async function findUpload(db: Database, id: string): Promise<Upload | null> {
  const row = await db.upload.findUnique({ where: { id } });
  return row && toUpload(row);
}

/** Takes one of the attempts an open upload has; `false` when none is left. */
export async function takeAttempt(db: Database, id: string): Promise<boolean> {
  const { count } = await db.upload.updateMany({
    where: { id, status: 'OPEN', attempts: { lt: MOST_ATTEMPTS } },
    data: { attempts: { increment: 1 } },
  });
  return count === 1;
}

/** Marks an open upload as received; `false` when another sender was first. */
export async function markReceived(
  db: Database,
  id: string,
  received: StoredFile & { receivedAt: Date },
): Promise<boolean> {
  const { count } = await db.upload.updateMany({
    where: { id, status: 'OPEN' },
    data: { ...received, status: 'RECEIVED' },
  });
  return count === 1;
}

/** The owner's upload, locked so that completing it twice at once makes one asset. */
export async function lockUpload(
  db: Database,
  { id, ownerId }: { id: string; ownerId: string },
): Promise<Upload | null> {
  await db.$queryRaw`SELECT 1 FROM uploads WHERE id = ${id} FOR UPDATE`;
  const row = await db.upload.findUnique({ where: { id, ownerId } });
  return row && toUpload(row);
}

export async function markCompleted(db: Database, id: string, assetId: string): Promise<void> {
  await db.upload.update({ where: { id }, data: { status: 'COMPLETED', assetId } });
}

/** Removes uploads nobody will continue and answers the content they held. */
export async function deleteStaleUploads(
  db: Database,
  before: { expired: Date; abandoned: Date; completed: Date },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ contentHash: string | null }[]>`
    DELETE FROM uploads
    WHERE (status = 'OPEN' AND expires_at < ${before.expired})
      OR (status = 'RECEIVED' AND received_at < ${before.abandoned})
      OR (status = 'COMPLETED' AND created_at < ${before.completed})
    RETURNING content_hash AS "contentHash"`;
  return rows.flatMap(({ contentHash }) => contentHash ?? []);
}

/** Removes everything a person has announced or sent and answers the content it held. */
export async function deleteUploadsOf(db: Database, ownerId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ contentHash: string | null }[]>`
    DELETE FROM uploads WHERE owner_id = ${ownerId} RETURNING content_hash AS "contentHash"`;
  return rows.flatMap(({ contentHash }) => contentHash ?? []);
}
