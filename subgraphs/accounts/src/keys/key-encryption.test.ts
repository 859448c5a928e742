import { describe, expect, it } from 'vitest';
import { decrypt, encrypt } from './key-encryption.js';

describe('an encrypted key', () => {
  const sealed = encrypt('the key', 'secret one', 'kid-1');

  it('opens with the secret it was closed with, also when that one is being retired', () => {
    expect(decrypt(sealed, ['secret one'], 'kid-1')).toBe('the key');
    expect(decrypt(sealed, ['secret two', 'secret one'], 'kid-1')).toBe('the key');
  });

  it('opens with no other secret, in no other row, and not when it was changed or cut', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    expect(decrypt(sealed, ['secret two'], 'kid-1')).toBeNull();
    expect(decrypt(sealed, ['secret one'], 'kid-2')).toBeNull();
    expect(decrypt(bytes.toString('base64url'), ['secret one'], 'kid-1')).toBeNull();
    expect(decrypt(sealed.slice(0, 20), ['secret one'], 'kid-1')).toBeNull();
  });

  it('never reads the same twice', () => {
    expect(encrypt('the key', 'secret one', 'kid-1')).not.toBe(sealed);
  });
});
