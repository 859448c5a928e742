import { describe, expect, it } from 'vitest';
import { nextAttemptAt, webAddress } from './external-image.js';

const NOW = new Date('2026-03-01T09:00:00.000Z');

describe('a picture that cannot be fetched', () => {
  it('is tried again later and later, and then no more', () => {
    const waits = [1, 2, 3].map((attempts) => nextAttemptAt(attempts, NOW)?.getTime());
    expect(waits).toEqual([60_000, 600_000, 3_600_000].map((millis) => NOW.getTime() + millis));
    expect(nextAttemptAt(4, NOW)).toBeNull();
  });
});

describe('an address of a picture', () => {
  it('is one browsers may be sent to', () => {
    expect(webAddress('https://cdn.example/a b.jpg')).toBe('https://cdn.example/a%20b.jpg');
  });

  it.each([
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'file:///etc/passwd',
    '/a.jpg',
    'https://u:p@h/',
  ])('is not %s', (text) => {
    expect(webAddress(text)).toBeNull();
  });
});
