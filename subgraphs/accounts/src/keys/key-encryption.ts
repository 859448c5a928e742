import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D §8.2: 96 random bits are enough for far more keys than will ever be made. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text under a secret with AES-256-GCM. `context` is bound to it: what was encrypted for one row
 * does not open in another.
 */
export function encrypt(text: string, secret: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFrom(secret), nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

/** Opens what `encrypt` closed, with the first secret that fits, or answers `null` when none does. */
export function decrypt(sealed: string, secrets: readonly string[], context: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  for (const secret of secrets) {
    const decipher = createDecipheriv(CIPHER, keyFrom(secret), bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
        decipher.final(),
      ]);
      return text.toString('utf8');
    } catch {
      // The tag does not fit this secret; an earlier one may have been used.
    }
  }
  return null;
}

/** RFC 5869. The secret serves other purposes too, so the key is bound to this one. */
function keyFrom(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'storegraph signing keys', 32));
}
