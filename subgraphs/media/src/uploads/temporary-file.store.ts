import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Transform, type Readable } from 'node:stream';

/** A file that has arrived, for as long as it is being checked. */
export type TemporaryFile = AsyncDisposable & {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** More arrived than was allowed; the rest was not kept. */
export class FileTooLong extends Error {
  override readonly name = 'FileTooLong';
}

const ABANDONED_AFTER_MILLIS = 3_600_000; // one hour
const SUFFIX = '.part';

/**
 * Writes a stream to a file of its own, counting and hashing on the way.
 *
 * @throws {FileTooLong} after `maxBytes`, and whatever the stream fails with; no file is left then
 */
export async function receiveFile(
  stream: Readable,
  { folder, maxBytes }: { folder: string; maxBytes: number },
): Promise<TemporaryFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}${SUFFIX}`);
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) return done(new FileTooLong(`more than ${maxBytes} bytes`));
      hash.update(chunk);
      return done(null, chunk);
    },
  });
  const remove = () => rm(path, { force: true });
  try {
    await pipeline(stream, meter, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, bytes, sha256: hash.digest('hex'), [Symbol.asyncDispose]: remove };
}

/** Removes what killed processes left behind. */
export async function removeAbandonedFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(SUFFIX))) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - ABANDONED_AFTER_MILLIS) await rm(path, { force: true });
  }
}
