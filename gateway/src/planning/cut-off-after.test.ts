import { expect, it } from 'vitest';
import { TookTooLong, cutOffAfter } from './cut-off-after.js';

it('work that ends in time gives its result, or throws what it throws', () => {
  expect(cutOffAfter(1_000, () => ({ sum: 1 + 1 }))).toEqual({ sum: 2 });
  expect(() =>
    cutOffAfter(1_000, () => {
      throw new RangeError('no');
    }),
  ).toThrow(RangeError);
});

it('work that never ends is ended, and the next is done', () => {
  const forever = () => {
    for (let turns = 0; turns >= 0; turns += 1);
  };
  expect(() => cutOffAfter(50, forever)).toThrow(TookTooLong);
  expect(cutOffAfter(1_000, () => 'done')).toBe('done');
});
