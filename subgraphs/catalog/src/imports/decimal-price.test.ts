import { describe, expect, it } from 'vitest';
import { parsePriceMinor } from './decimal-price.js';

describe('reading a decimal price', () => {
  it.each([
    ['1299.90', 2, 129990n],
    ['0.10', 2, 10n],
    ['.5', 2, 50n],
    ['19', 2, 1900n],
    ['10.000', 2, 1000n],
    ['1200', 0, 1200n],
    ['1.234', 3, 1234n],
    ['0', 0, 0n],
    ['90071992547.41', 2, 9007199254741n],
    ['999999999999.99', 2, 99999999999999n],
  ])('moves the digits of %s with %i decimal places', (text, exponent, minor) => {
    expect(parsePriceMinor(text, exponent)).toEqual({ kind: 'price', minor });
  });

  it.each(['', '.', '-5', '+5', '1,234.00', '12,50', '$10', '1e3', '10.', 'ten', '1.2.3', '1234567890123'])(
    'refuses "%s"',
    (text) => {
      expect(parsePriceMinor(text, 2).kind).toBe('invalid');
    },
  );

  it('refuses to round what the currency cannot express', () => {
    expect(parsePriceMinor('9.995', 2)).toEqual({
      kind: 'invalid',
      reason: 'has more than 2 decimal places',
    });
  });
});
