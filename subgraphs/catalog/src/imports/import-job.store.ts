import { Prisma, type Database } from '@storegraph/catalog-db';
import type { Page } from '@storegraph/connection';
import type { ImportCounts, ImportJob, ImportStatus } from './import-job.js';
import type { RowIssue } from './imported-product.js';

export type { Database } from '@storegraph/catalog-db';

/** A remark with its place in the report. */
export type ReportedIssue = RowIssue & { readonly sequence: number };

const toJob = (row: Omit<ImportJob, 'status'> & { status: string }): ImportJob => ({
  ...row,
  status: row.status as ImportStatus,
});

export async function findImportsByIds(db: Database, ids: readonly string[]): Promise<ImportJob[]> {
  return (await db.importJob.findMany({ where: { id: { in: [...ids] } } })).map(toJob);
}

export async function insertImport(
  db: Database,
  job: ImportJob & { tokenHash: string | null; tokenExpiresAt: Date | null; heartbeatAt: Date | null },
): Promise<ImportJob> {
  return toJob(await db.importJob.create({ data: job }));
}

/** Lets one sender in: the token is right, still holds, and nobody else has begun to send. */
export async function admitFile(
  db: Database,
  file: { jobId: string; tokenHash: string; filePath: string; now: Date },
): Promise<ImportJob | null> {
  const { jobId: id, tokenHash, filePath, now } = file;
  const admitted = await db.importJob.updateMany({
    where: { id, tokenHash, status: 'AWAITING_FILE', tokenExpiresAt: { gt: now } },
    data: { status: 'RECEIVING', filePath },
  });
  if (admitted.count === 0) return null;
  const [job] = await findImportsByIds(db, [id]);
  return job ?? null;
}

export async function setImportStatus(
  db: Database,
  id: string,
  change: { status: ImportStatus; failure?: string | null; finishedAt?: Date },
): Promise<void> {
  await db.importJob.update({ where: { id }, data: change });
}

/** Begins the import that waits longest, or one whose runner has not been heard of for a while. */
export async function claimImport(
  db: Database,
  { now, silentSince }: { now: Date; silentSince: Date },
): Promise<ImportJob | null> {
  const [claimed] = await db.$queryRaw<{ id: string }[]>`
    UPDATE import_jobs SET status = 'RUNNING', attempts = attempts + 1, heartbeat_at = ${now},
      started_at = coalesce(started_at, ${now})
    WHERE id = (
      SELECT id FROM import_jobs
      WHERE status = 'QUEUED' OR (status = 'RUNNING' AND heartbeat_at < ${silentSince})
      ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id`;
  if (!claimed) return null;
  const [job] = await findImportsByIds(db, [claimed.id]);
  return job ?? null;
}

/** Forgets what an interrupted run had counted, before it is run again. */
export async function resetImport(db: Database, id: string, counts: ImportCounts): Promise<void> {
  await db.importIssue.deleteMany({ where: { jobId: id } });
  await db.importJob.update({ where: { id }, data: { ...counts, total: null, failure: null } });
}

/** Notes how far a run has come; false when a later run has taken over, whose word counts now. */
export async function advanceImport(
  db: Database,
  run: { id: string; attempts: number },
  change: Partial<ImportCounts> & {
    total?: number;
    status?: ImportStatus;
    failure?: string;
    finishedAt?: Date;
    heartbeatAt: Date;
  },
): Promise<boolean> {
  const { id, attempts } = run;
  const { count } = await db.importJob.updateMany({
    where: { id, attempts, status: 'RUNNING' },
    data: change,
  });
  return count === 1;
}

export async function insertIssues(
  db: Database,
  jobId: string,
  issues: readonly ReportedIssue[],
): Promise<void> {
  if (issues.length > 0)
    await db.importIssue.createMany({ data: issues.map((issue) => ({ ...issue, jobId })) });
}

/** The report of an import in the order of writing, one more than the page. */
export async function findIssues(
  db: Database,
  jobId: string,
  { first, after }: Page,
): Promise<ReportedIssue[]> {
  const rows = await db.importIssue.findMany({
    where: { jobId, ...(after && { sequence: { gt: Number(after[0]) } }) },
    orderBy: { sequence: 'asc' },
    take: first + 1,
    omit: { jobId: true },
  });
  return rows as ReportedIssue[];
}

/** Ends imports whose file never came, or stopped coming. */
export async function expireImports(db: Database, now: Date): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    UPDATE import_jobs SET status = 'FAILED', failure = 'No file came in time.', finished_at = ${now}
    WHERE status IN ('AWAITING_FILE', 'RECEIVING') AND token_expires_at < ${now}::timestamptz - interval '1 hour'`);
}
