import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  allocateByWeight,
  formatDecimal,
  money,
  multiply,
  parseDecimal,
  percentOf,
  sum,
} from './index.js';

describe('amounts', () => {
  it('adds and multiplies without losing a cent: 2 x (299.99 + 10.00) = 619.98', () => {
    const unit = add(money(parseDecimal('299.99', 'USD'), 'USD'), money(parseDecimal('10.00', 'USD'), 'USD'));
    expect(formatDecimal(multiply(unit, 2).minor, 'USD')).toBe('619.98');
  });

  it('splits 299 over equal weights and loses no cent', () => {
    expect(allocateByWeight(money(299, 'USD'), [1, 1, 1]).map((part) => part.minor)).toEqual([
      100n,
      100n,
      99n,
    ]);
  });

  it('always allocates exactly the whole', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }),
        (minor, weights) => {
          const parts = allocateByWeight(money(minor, 'EUR'), weights);
          expect(sum(parts, 'EUR').minor).toBe(minor);
        },
      ),
    );
  });

  it('reads back what it writes in currencies with zero, two and three decimals', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.constantFrom('JPY', 'USD', 'KWD'),
        (minor, currency) => {
          expect(parseDecimal(formatDecimal(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });

  it('refuses more decimals than the currency has, and text that is no number', () => {
    expect(() => parseDecimal('1.005', 'USD')).toThrow('USD has 2 decimals');
    expect(() => parseDecimal('1e3', 'USD')).toThrow('expected digits');
  });

  it('rounds half a cent away from zero', () => {
    expect(percentOf(money(1_010, 'USD'), 825).minor).toBe(83n);
    expect(percentOf(money(-1_010, 'USD'), 825).minor).toBe(-83n);
  });

  it('refuses to mix currencies', () => {
    expect(() => add(money(1, 'USD'), money(1, 'EUR'))).toThrow('cannot combine USD with EUR');
  });
});
