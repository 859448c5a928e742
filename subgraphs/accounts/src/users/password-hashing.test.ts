import { describe, expect, it } from 'vitest';
import { createPasswordHasher, isOutdated } from './password-hashing.js';

const full = () => {
  throw new Error('full');
};

describe('passwords', () => {
  it('are verified against their own hash only, and nobody’s hash verifies nothing', async () => {
    const hasher = await createPasswordHasher({ atOnce: 2, waiting: 10, whenFull: full });
    const hash = await hasher.hash('correct horse');
    expect(isOutdated(hash)).toBe(false);
    expect(await hasher.verify(hash, 'correct horse')).toBe(true);
    expect(await hasher.verify(hash, 'wrong horse')).toBe(false);
    expect(await hasher.verify(null, 'correct horse')).toBe(false);
  });

  it('are one however their characters were composed', async () => {
    const hasher = await createPasswordHasher({ atOnce: 2, waiting: 10, whenFull: full });
    expect(await hasher.verify(await hasher.hash('Ame\u0301lie'), 'Am\u00e9lie')).toBe(true);
  });

  it('wait in line, are turned away when it is full, and let in again afterwards', async () => {
    const hasher = await createPasswordHasher({ atOnce: 1, waiting: 2, whenFull: full });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('correct horse')));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    await expect(hasher.hash('correct horse')).resolves.toMatch(/^\$argon2id/);
  });

  it('leave their turn free when they cannot be checked', async () => {
    const hasher = await createPasswordHasher({ atOnce: 1, waiting: 0, whenFull: full });
    await expect(hasher.verify('no hash at all', 'correct horse')).rejects.toThrow();
    await expect(hasher.hash('correct horse')).resolves.toMatch(/^\$argon2id/);
  });
});
