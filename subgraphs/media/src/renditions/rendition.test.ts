import { describe, expect, it } from 'vitest';
import { isMadeIn, widthAtLeast } from './rendition.js';

describe('the width of a picture', () => {
  it.each([
    [1, 64],
    [64, 64],
    [65, 160],
    [320, 320],
    [321, 640],
    [1920, 1920],
    [99_999, 1920],
  ])('asked for as %i is made as %i', (asked, made) => {
    expect(widthAtLeast(asked)).toBe(made);
    expect(isMadeIn(made)).toBe(true);
  });

  it('is one of a few', () => {
    expect(isMadeIn(65)).toBe(false);
  });
});
