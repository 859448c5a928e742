import { createHash } from 'node:crypto';

/** The hash clients know a document by, in hexadecimal. */
export function sha256(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}
