import { describe, expect, it } from 'vitest';
import { duration } from './status-page.js';

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [0.4, 'under 1 s'],
    [59, '59 s'],
    [60, '1 min'],
    [125, '2 min 5 s'],
    [3_600, '1 h'],
    [90_061, '1 d 1 h'],
  ])('of %d seconds reads %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
