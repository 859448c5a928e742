import { createHash, randomBytes } from 'node:crypto';

/** A secret that stands for its holder: 256 random bits. Only its hash is kept. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret token. The token is random, so a plain hash cannot be guessed back. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
