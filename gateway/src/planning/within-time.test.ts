import { expect, it } from 'vitest';
import { TookTooLong, withinTime } from './within-time.js';

it('work that ends in time gives its result, or throws what it throws', () => {
  expect(withinTime(1_000, () => ({ sum: 1 + 1 }))).toEqual({ sum: 2 });
  expect(() =>
    withinTime(1_000, () => {
      throw new RangeError('no');
    }),
  ).toThrow(RangeError);
});

it('work that never ends is ended, and the next is done', () => {
  const forever = () => {
    for (let turns = 0; turns >= 0; turns += 1);
  };
  expect(() => withinTime(50, forever)).toThrow(TookTooLong);
  expect(withinTime(1_000, () => 'done')).toBe('done');
});
