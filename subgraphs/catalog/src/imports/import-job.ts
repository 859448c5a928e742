import { isStaff, type Viewer } from '@storegraph/identity';

export enum ImportStatus {
  AWAITING_FILE = 'AWAITING_FILE',
  RECEIVING = 'RECEIVING',
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}

/** How far an import has come. */
export type ImportCounts = {
  /** Products looked at, whatever became of them. */
  readonly processed: number;
  /** Products left out as a whole. */
  readonly failed: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly variants: number;
  /** Remarks about rows that were left out, and about rows taken with a change. */
  readonly errors: number;
  readonly warnings: number;
};

export type ImportJob = ImportCounts & {
  readonly id: string;
  readonly userId: string;
  /** Whose products they become; `null` for the shop's own. */
  readonly sellerId: string | null;
  readonly fileName: string;
  readonly bytes: bigint;
  readonly dryRun: boolean;
  readonly status: ImportStatus;
  /** Products in the file, once it has been counted. */
  readonly total: number | null;
  /** Why it stopped, for people. */
  readonly failure: string | null;
  readonly filePath: string | null;
  /** How often it was begun. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

export const NOTHING_COUNTED: ImportCounts = {
  processed: 0,
  failed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  variants: 0,
  errors: 0,
  warnings: 0,
};

/** The largest file that is taken. */
export const MOST_BYTES = 200 * 1024 * 1024;

/** How long the address a file is sent to is good for. */
export const UPLOAD_TTL_SECONDS = 15 * 60;

export function isFinished(status: ImportStatus): boolean {
  return status === ImportStatus.DONE || status === ImportStatus.FAILED;
}

/** Staff see every import, a seller their own. */
export function mayWatch(viewer: Viewer, job: Pick<ImportJob, 'sellerId'>): boolean {
  if (viewer.kind !== 'user') return viewer.kind === 'service';
  return isStaff(viewer.role) || (viewer.sellerId !== null && viewer.sellerId === job.sellerId);
}

/** The topic on which an import tells how far it has come. */
export function progressTopic(jobId: string): string {
  return `import.progress:${jobId}`;
}

export function addCounts(left: ImportCounts, right: ImportCounts): ImportCounts {
  return {
    processed: left.processed + right.processed,
    failed: left.failed + right.failed,
    created: left.created + right.created,
    updated: left.updated + right.updated,
    unchanged: left.unchanged + right.unchanged,
    variants: left.variants + right.variants,
    errors: left.errors + right.errors,
    warnings: left.warnings + right.warnings,
  };
}
