import { describe, expect, it } from 'vitest';
import { ratingOf } from './rating.js';

describe('a rating', () => {
  it('has no average without reviews', () => {
    expect(ratingOf([0, 0, 0, 0, 0])).toEqual({
      histogram: [0, 0, 0, 0, 0],
      count: 0,
      average: null,
      bayesian: 3.8,
    });
  });

  it('averages its stars', () => {
    expect(ratingOf([1, 0, 0, 1, 2])).toMatchObject({ count: 4, average: 3.75 });
  });

  it('ranks many good reviews above a single perfect one', () => {
    expect(ratingOf([0, 0, 1, 20, 60]).bayesian).toBeGreaterThan(ratingOf([0, 0, 0, 0, 1]).bayesian);
  });
});
