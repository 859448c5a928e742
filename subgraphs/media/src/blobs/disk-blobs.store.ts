import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireHash, type BlobSource, type BlobStore } from './blob-store.js';

const UNFINISHED_AFTER_MILLIS = 3_600_000; // one hour

/** Keeps files in a folder of this machine, or of a volume all replicas mount. */
export async function openDiskBlobs(folder: string): Promise<BlobStore> {
  const unfinished = join(folder, 'unfinished');
  await mkdir(unfinished, { recursive: true });
  await removeUnfinished(unfinished);
  const placeOf = (hash: string) => {
    const name = requireHash(hash);
    return join(folder, name.slice(0, 2), name.slice(2, 4));
  };
  const pathOf = (hash: string) => join(placeOf(hash), hash);

  return {
    async put(hash, source) {
      const place = placeOf(hash);
      if ((await sizeOfFile(pathOf(hash))) !== null) return;
      const partial = join(unfinished, randomUUID());
      try {
        await write(partial, source);
        await move(partial, place, hash);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async open(hash, range) {
      try {
        const file = await open(pathOf(hash));
        return createReadStream('', { fd: file, ...range });
      } catch (error) {
        return absent(error);
      }
    },
    sizeOf: (hash) => sizeOfFile(pathOf(hash)),
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}

/** The rename that follows must not become durable before the content does. */
async function write(path: string, source: BlobSource): Promise<void> {
  if (Buffer.isBuffer(source)) await writeFile(path, source, { flush: true });
  else {
    await copyFile(source.path, path);
    const file = await open(path, 'r+');
    await file.sync().finally(() => file.close());
  }
}

/** Folders are made when first needed: nearly every time the one in question exists. */
async function move(partial: string, place: string, name: string): Promise<void> {
  try {
    await rename(partial, join(place, name));
  } catch (error) {
    absent(error);
    await mkdir(place, { recursive: true });
    await rename(partial, join(place, name));
  }
}

async function sizeOfFile(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    return absent(error);
  }
}

function absent(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

/** What a killed process left behind. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - UNFINISHED_AFTER_MILLIS) await rm(path, { force: true });
  }
}
