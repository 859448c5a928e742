import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { hashToken } from './begin-import.action.js';
import { ImportStatus } from './import-job.js';
import { admitFile, setImportStatus } from './import-job.store.js';

export type ReceiveImportFileOutcome =
  { kind: 'received'; jobId: string } | { kind: 'refused' } | { kind: 'wrong-size'; expected: number };

class TooLong extends Error {}

/**
 * Writes the file of an import to disk as it arrives and queues the import. Only the announced number of bytes is
 * taken; a file that is shorter, longer or breaks off may be sent again to the same address.
 */
export async function receiveImportFile(
  deps: Deps,
  file: { jobId: string; token: string; body: Readable },
): Promise<ReceiveImportFileOutcome> {
  const { jobId, token, body } = file;
  if (!isId('importJob', jobId)) return { kind: 'refused' };
  const filePath = join(deps.importFolder, `${jobId}.csv`);
  const admission = { jobId, filePath, tokenHash: hashToken(token), now: deps.now() };
  const job = await admitFile(deps.prisma, admission);
  if (!job) return { kind: 'refused' };
  const expected = Number(job.bytes);
  try {
    await mkdir(deps.importFolder, { recursive: true, mode: 0o700 });
    if ((await writeFile(body, filePath, expected)) === expected) {
      await setImportStatus(deps.prisma, jobId, { status: ImportStatus.QUEUED });
      return { kind: 'received', jobId };
    }
  } catch (error) {
    await letTryAgain(deps, jobId, filePath);
    if (error instanceof TooLong) return { kind: 'wrong-size', expected };
    throw error;
  }
  await letTryAgain(deps, jobId, filePath);
  return { kind: 'wrong-size', expected };
}

async function letTryAgain(deps: Deps, jobId: string, filePath: string): Promise<void> {
  await rm(filePath, { force: true });
  await setImportStatus(deps.prisma, jobId, { status: ImportStatus.AWAITING_FILE });
}

async function writeFile(body: Readable, filePath: string, limit: number): Promise<number> {
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limit ? new TooLong() : null, chunk);
    },
  });
  await pipeline(body, measure, createWriteStream(filePath, { mode: 0o600 }));
  return bytes;
}
