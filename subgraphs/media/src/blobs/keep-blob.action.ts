import type { Deps, Transaction } from '../context.js';
import { hashOf, type BlobSource } from './blob-store.js';
import { doubtBlobs } from './blob.store.js';

/**
 * Keeps content. It is in doubt until a row names it, so that a crash in between leaves nothing behind for good:
 * who names it within the hour keeps it.
 */
export async function keepBlob(
  { prisma, blobs, now }: Pick<Deps, 'prisma' | 'blobs' | 'now'>,
  hash: string,
  source: BlobSource,
): Promise<void> {
  await doubtBlobs(prisma, [hash], now());
  await blobs.put(hash, source);
}

/** Keeps bytes and answers the hash they are kept under. */
export async function keepBytes(
  deps: Pick<Deps, 'prisma' | 'blobs' | 'now'>,
  content: Buffer,
): Promise<string> {
  const hash = hashOf(content);
  await keepBlob(deps, hash, content);
  return hash;
}

/** Says that something no longer names the content; it goes when nothing else does. */
export function releaseBlobs(tx: Transaction, hashes: readonly string[], now: Date): Promise<void> {
  return doubtBlobs(tx, hashes, now);
}
