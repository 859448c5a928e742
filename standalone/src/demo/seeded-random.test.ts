import { describe, expect, it } from 'vitest';
import { randomFrom } from './seeded-random.js';

describe('seeded chance', () => {
  it('repeats itself for the same seed', () => {
    const draw = (seed: string): number[] => {
      const random = randomFrom(seed);
      return Array.from({ length: 20 }, () => random.int(1, 1000));
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('stays within its bounds and reaches them', () => {
    const random = randomFrom('bounds');
    const drawn = new Set(Array.from({ length: 500 }, () => random.int(1, 6)));
    expect([...drawn].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('samples without repeating and never more than there is', () => {
    const sample = randomFrom('sample').sample(['a', 'b', 'c'], 9);
    expect(sample.sort()).toEqual(['a', 'b', 'c']);
  });

  it('follows weights', () => {
    const random = randomFrom('weights');
    const heavy = Array.from({ length: 1000 }, () =>
      random.weighted([
        ['a', 9],
        ['b', 1],
      ] as const),
    ).filter((x) => x === 'a');
    expect(heavy.length).toBeGreaterThan(850);
    expect(heavy.length).toBeLessThan(950);
  });
});
