import { describe, expect, it } from 'vitest';
import { namesTag, readRange } from './byte-range.js';

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-3', { kind: 'part', start: 0, end: 3 }],
    ['bytes=4-', { kind: 'part', start: 4, end: 9 }],
    ['bytes=-3', { kind: 'part', start: 7, end: 9 }],
    ['bytes=-99', { kind: 'part', start: 0, end: 9 }],
    ['bytes=8-99', { kind: 'part', start: 8, end: 9 }],
    ['bytes=10-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-2', { kind: 'whole' }],
    ['bytes=0-1,4-5', { kind: 'whole' }],
    ['lines=0-1', { kind: 'whole' }],
    [undefined, { kind: 'whole' }],
  ])('%s of ten', (header, answer) => {
    expect(readRange(header, 10)).toEqual(answer);
  });
});

describe('a tag', () => {
  it('is found among those a cache holds, strong or weak', () => {
    expect(namesTag('"a", W/"b"', '"b"')).toBe(true);
    expect(namesTag('*', '"b"')).toBe(true);
    expect(namesTag('"a"', '"b"')).toBe(false);
    expect(namesTag(undefined, '"b"')).toBe(false);
  });
});
