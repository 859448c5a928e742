import { describe, expect, it } from 'vitest';
import { isRotationDue, keyThatSigns, publishedKeys, type SigningKey } from './signing-key.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
const key = (kid: string, signsFrom: number): SigningKey => ({
  kid,
  publicKey: {},
  createdAt: at(signsFrom),
  signsFrom: at(signsFrom),
});
const kids = (keys: readonly SigningKey[]) => keys.map(({ kid }) => kid);

describe('signing keys', () => {
  const keys = [key('third', 2_000), key('first', 0), key('second', 1_000)];

  it('sign from their time until the next one does', () => {
    expect(keyThatSigns(keys, at(-1))).toBeNull();
    expect(keyThatSigns(keys, at(0))?.kid).toBe('first');
    expect(keyThatSigns(keys, at(999))?.kid).toBe('first');
    expect(keyThatSigns(keys, at(1_000))?.kid).toBe('second');
    expect(keyThatSigns(keys, at(9_999))?.kid).toBe('third');
  });

  it('are published before they sign, and until the last token of theirs has expired on the slowest clock', () => {
    const published = (seconds: number) =>
      kids(publishedKeys(keys, { now: at(seconds), tokenTtlSeconds: 900 }));
    expect(published(0)).toEqual(['first', 'second', 'third']);
    expect(published(1_000 + 900 + 119)).toEqual(['first', 'second', 'third']);
    expect(published(1_000 + 900 + 120)).toEqual(['second', 'third']);
    expect(published(99_999)).toEqual(['third']);
  });

  it('are due for a follower when the newest has signed long enough, or when there is none', () => {
    const day = 86_400;
    expect(isRotationDue([], at(0), 30)).toBe(true);
    expect(isRotationDue([key('old', 0)], at(30 * day - 1), 30)).toBe(false);
    expect(isRotationDue([key('old', 0)], at(30 * day), 30)).toBe(true);
    expect(isRotationDue([key('old', 0), key('new', 30 * day + 300)], at(30 * day), 30)).toBe(false);
  });
});
