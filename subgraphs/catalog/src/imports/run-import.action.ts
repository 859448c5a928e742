import { createReadStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { exponentOf } from '@storegraph/money';
import type { Deps } from '../context.js';
import { newJob, type Importer } from './begin-import.action.js';
import { countProducts } from './count-products.js';
import type { CsvChunks } from './csv-records.js';
import { tellProgress } from './follow-import.action.js';
import { importBatch, ImportTakenOver } from './import-batch.action.js';
import { ImportStatus, NOTHING_COUNTED, type ImportCounts, type ImportJob } from './import-job.js';
import {
  advanceImport,
  claimImport,
  expireImports,
  findImportsByIds,
  insertImport,
  resetImport,
} from './import-job.store.js';
import type { ImportEntry } from './imported-product.js';
import { readShopifyProducts } from './shopify-csv.js';

/** Products that are written together. */
const BATCH = 200;
/** A run that has not been heard of for this long is taken for dead. */
const SILENCE_MILLIS = 60_000;
/** A file that has ended this many runs is left alone. */
const MOST_RUNS = 3;

const rounds = new WeakMap<Deps, Promise<void>>();

/**
 * Runs every import that waits, one after the other, and those a dead process left behind. Called again while it is
 * at work it answers the same promise. Never rejects: what goes wrong is written on the import.
 */
export function runWaitingImports(deps: Deps): Promise<void> {
  const running = rounds.get(deps);
  if (running) return running;
  const round = runAll(deps)
    .catch((error: unknown) => deps.log.error({ err: error }, 'imports could not be run'))
    .finally(() => rounds.delete(deps));
  rounds.set(deps, round);
  return round;
}

async function runAll(deps: Deps): Promise<void> {
  await expireImports(deps.prisma, deps.now());
  for (;;) {
    const now = deps.now();
    const silentSince = new Date(now.getTime() - SILENCE_MILLIS);
    const job = await claimImport(deps.prisma, { now, silentSince });
    if (!job) return;
    await runFile(deps, job);
  }
}

/** Imports a small file that came with the request, and answers the finished import. */
export async function importText(
  deps: Deps,
  input: { csv: string; dryRun: boolean; importer: Importer },
): Promise<ImportJob> {
  const { csv, dryRun, importer } = input;
  const now = deps.now();
  const bytes = Buffer.byteLength(csv);
  const job = await insertImport(deps.prisma, {
    ...newJob({ fileName: 'inline.csv', bytes, dryRun, importer }, now),
    status: ImportStatus.RUNNING,
    attempts: 1,
    startedAt: now,
    heartbeatAt: now,
    tokenHash: null,
    tokenExpiresAt: null,
  });
  await run(deps, job, () => [csv]);
  const [finished] = await findImportsByIds(deps.prisma, [job.id]);
  return finished ?? job;
}

async function runFile(deps: Deps, job: ImportJob): Promise<void> {
  const path = job.filePath ?? '';
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return finish(deps, job, { failure: 'The file is gone. Import it again.' });
  if (job.attempts > MOST_RUNS)
    await finish(deps, job, { failure: 'The import was interrupted too often. Import the file again.' });
  else await run(deps, job, () => createReadStream(path));
  const [after] = await findImportsByIds(deps.prisma, [job.id]);
  if (after?.attempts === job.attempts) await rm(path, { force: true });
}

async function run(deps: Deps, job: ImportJob, open: () => CsvChunks): Promise<void> {
  try {
    if (job.attempts > 1) await resetImport(deps.prisma, job.id, NOTHING_COUNTED);
    const total = await countProducts(open());
    await advanceImport(deps.prisma, job, { total, heartbeatAt: deps.now() });
    const counts = await importAll(deps, job, open());
    await finish(deps, job, counts);
  } catch (error) {
    if (error instanceof ImportTakenOver) return;
    deps.log.error({ err: error, jobId: job.id }, 'import failed');
    await finish(deps, job, {
      failure:
        'Something went wrong on our side. What was imported stays; import the file again for the rest.',
    });
  }
}

async function importAll(deps: Deps, job: ImportJob, chunks: CsvChunks): Promise<ImportCounts> {
  const options = { currencyExponent: exponentOf(deps.currency) };
  let counts = NOTHING_COUNTED;
  let entries: ImportEntry[] = [];
  const flush = async () => {
    if (entries.length === 0) return;
    counts = await importBatch(deps, job, { entries, before: counts });
    entries = [];
    await tellProgress(deps, job.id);
  };
  for await (const entry of readShopifyProducts(chunks, options)) {
    entries.push(entry);
    if (entries.length >= BATCH) await flush();
  }
  await flush();
  return counts;
}

async function finish(
  deps: Deps,
  job: ImportJob,
  outcome: Partial<ImportCounts> & { failure?: string },
): Promise<void> {
  const now = deps.now();
  const status = outcome.failure === undefined ? ImportStatus.DONE : ImportStatus.FAILED;
  const isOurs = await advanceImport(deps.prisma, job, {
    ...outcome,
    status,
    heartbeatAt: now,
    finishedAt: now,
  });
  if (isOurs) await tellProgress(deps, job.id);
}
