import { createHash } from 'node:crypto';

/** A short name for a text: two texts do not share one. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
