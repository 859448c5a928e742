import { describe, expect, it } from 'vitest';
import { shippingOptionsFor, type Parcel } from './shipping.js';

const parcel = (weightGrams: number, goodsMinor = 1_000n, requiresShipping = true): Parcel => ({
  lines: [{ quantity: 2, weightGrams, requiresShipping }],
  goodsMinor,
});
const prices = (given: Parcel, country: string) =>
  shippingOptionsFor(given, country).map(({ code, priceMinor }) => [code, priceMinor]);

describe('shipping options', () => {
  it('charge for each started kilogram beyond the first', () => {
    expect(prices(parcel(500), 'US')).toEqual([
      ['standard', 595n],
      ['express', 1_495n],
    ]);
    expect(prices(parcel(501), 'US')).toEqual([
      ['standard', 715n],
      ['express', 1_845n],
    ]);
  });

  it('are free above a value, where the zone says so', () => {
    expect(prices(parcel(500, 7_500n), 'US')[0]).toEqual(['standard', 0n]);
  });

  it('exist for every country, and not for what is never sent', () => {
    expect(prices(parcel(500), 'DE')).toHaveLength(2);
    expect(prices(parcel(500), 'NZ')).toEqual([['standard', 2_495n]]);
    expect(prices(parcel(500, 1_000n, false), 'DE')).toEqual([]);
  });
});
