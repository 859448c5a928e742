import { describe, expect, it } from 'vitest';
import { checkToken, signToken } from './signed-token.js';

const KEYS = ['a-key-that-is-new-and-long-enough', 'a-key-that-is-being-retired-now'] as const;
const NOW = new Date('2026-03-01T09:00:00.000Z');
const LATER = new Date('2026-03-01T09:15:00.000Z');

describe('a signed token', () => {
  const grant = { to: 'send', id: 'upld_a' } as const;
  const token = signToken([KEYS[0]], grant, LATER);

  it('allows what it was made for until its time has come', () => {
    expect(checkToken(KEYS, { grant, token }, NOW)).toBe('valid');
    expect(checkToken(KEYS, { grant, token }, LATER)).toBe('expired');
  });

  it('allows nothing else: neither another file nor another deed, nor a later time', () => {
    const [, mark] = token.split('.');
    expect(checkToken(KEYS, { grant: { to: 'send', id: 'upld_b' }, token }, NOW)).toBe('forged');
    expect(checkToken(KEYS, { grant: { to: 'read', id: 'upld_a' }, token }, NOW)).toBe('forged');
    expect(checkToken(KEYS, { grant, token: `1999999999.${mark}` }, NOW)).toBe('forged');
    expect(checkToken(KEYS, { grant, token: 'nonsense' }, NOW)).toBe('forged');
  });

  it('stays valid while the key it was signed with is being retired, and no longer', () => {
    const old = signToken([KEYS[1]], grant, LATER);
    expect(checkToken(KEYS, { grant, token: old }, NOW)).toBe('valid');
    expect(checkToken([KEYS[0]], { grant, token: old }, NOW)).toBe('forged');
  });
});
