import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Bytes in memory, or a file on this machine. */
export type BlobSource = Buffer | { readonly path: string };

/** Part of a blob, both ends included, as RFC 9110 §14.1.2 counts. */
export type BlobRange = { readonly start: number; readonly end: number };

/**
 * Keeps files under the SHA-256 of their content, in lower-case hex. What lies under a hash never changes, so
 * keeping it twice, or at the same time, is harmless.
 */
export type BlobStore = {
  /** Keeps the content: whole once it resolves, and nothing visible before. */
  put(hash: string, source: BlobSource): Promise<void>;
  /** The content, or part of it; `null` when there is none. The caller reads the stream or destroys it. */
  open(hash: string, range?: BlobRange): Promise<Readable | null>;
  /** How many bytes lie under the hash; `null` when there are none. */
  sizeOf(hash: string): Promise<number | null>;
  /** Lets go of the content. Nothing happens when there is none. */
  remove(hash: string): Promise<void>;
};

/** The name content is kept under: its SHA-256 in hex. */
export function hashOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

const HASH = /^[0-9a-f]{64}$/;

/** @throws {TypeError} for anything but a hash: a key never leads out of the store */
export function requireHash(hash: string): string {
  if (HASH.test(hash)) return hash;
  throw new TypeError('a blob is named by the SHA-256 of its content');
}
