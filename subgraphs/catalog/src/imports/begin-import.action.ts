import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { ImportStatus, NOTHING_COUNTED, UPLOAD_TTL_SECONDS, type ImportJob } from './import-job.js';
import { insertImport } from './import-job.store.js';

/** Who imports, and whose products they become. */
export type Importer = { readonly userId: string; readonly sellerId: string | null };

export type BegunImport = { readonly job: ImportJob; readonly uploadUrl: string; readonly expiresAt: Date };

/**
 * Prepares an import and answers the address its file is to be sent to with `PUT`, once, within a quarter of an hour.
 * The address carries the permission: 256 random bits, of which only a hash is kept.
 */
export async function beginImport(
  deps: Deps,
  input: { fileName: string; bytes: number; dryRun: boolean; importer: Importer },
): Promise<BegunImport> {
  const now = deps.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + UPLOAD_TTL_SECONDS * 1_000);
  const job = await insertImport(deps.prisma, {
    ...newJob(input, now),
    status: ImportStatus.AWAITING_FILE,
    tokenHash: hashToken(token),
    tokenExpiresAt: expiresAt,
    heartbeatAt: null,
  });
  return { job, expiresAt, uploadUrl: `${deps.publicUrl}/imports/${job.id}?token=${token}` };
}

/** An import that has not begun. */
export function newJob(
  input: { fileName: string; bytes: number; dryRun: boolean; importer: Importer },
  now: Date,
): ImportJob {
  return {
    ...NOTHING_COUNTED,
    ...input.importer,
    id: newId('importJob'),
    fileName: input.fileName,
    bytes: BigInt(input.bytes),
    dryRun: input.dryRun,
    status: ImportStatus.QUEUED,
    total: null,
    failure: null,
    filePath: null,
    attempts: 0,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
  };
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
