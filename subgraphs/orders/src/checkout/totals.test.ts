import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taxRegionOf } from '../taxes/tax-regions.js';
import { TaxMode, type TaxRegion } from '../taxes/tax.js';
import { totalsOf, type Basket, type Discount, type PricedLine } from './totals.js';

const UNTAXED = taxRegionOf(null);
const line = (unitPriceMinor: bigint, quantity = 1, id = 'a'): PricedLine => ({
  id,
  quantity,
  unitPriceMinor,
  taxable: true,
});
const basket = (given: Partial<Basket>): Basket => ({
  currency: 'USD',
  lines: [],
  discounts: [],
  shippingMinor: null,
  tax: UNTAXED,
  ...given,
});
const percent = (basisPoints: bigint): Discount => ({
  couponId: 'c',
  code: 'C',
  kind: 'percent',
  basisPoints,
});

const baskets = fc.record({
  currency: fc.constant('USD'),
  lines: fc
    .array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 999 }),
        unitPriceMinor: fc.bigInt({ min: 0n, max: 10_000_000n }),
        taxable: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    .map((lines) => lines.map((one, index) => ({ ...one, id: `line-${index}` }))),
  discounts: fc.array(
    fc.oneof(
      fc.bigInt({ min: 0n, max: 10_000n }).map(percent),
      fc.bigInt({ min: 0n, max: 500_000n }).map((amountMinor): Discount => ({
        couponId: 'a',
        code: 'A',
        kind: 'amount',
        amountMinor,
      })),
      fc.constant<Discount>({ couponId: 's', code: 'S', kind: 'free-shipping' }),
    ),
    { maxLength: 3 },
  ),
  shippingMinor: fc.option(fc.bigInt({ min: 0n, max: 20_000n })),
  tax: fc.constantFrom<TaxRegion>(
    UNTAXED,
    taxRegionOf({ country: 'US', state: 'NJ' }),
    taxRegionOf({ country: 'DE', state: null }),
    taxRegionOf({ country: 'CA', state: 'QC' }),
  ),
});

describe('totals', () => {
  it('charges 619.98 for two at 299.99 with a customization of 10.00 each', () => {
    const totals = totalsOf(basket({ lines: [line(29_999n + 1_000n, 2)] }));
    expect(totals).toMatchObject({ subtotalMinor: 61_998n, totalMinor: 61_998n, taxMinor: 0n });
  });

  it('adds the sales tax of New Jersey, 6.625 %, to the goods but not to the shipping', () => {
    const totals = totalsOf(
      basket({
        lines: [line(9_999n)],
        shippingMinor: 595n,
        tax: taxRegionOf({ country: 'US', state: 'NJ' }),
      }),
    );
    expect(totals).toMatchObject({
      taxMode: TaxMode.ADDED,
      taxMinor: 662n,
      totalMinor: 9_999n + 662n + 595n,
    });
    expect(totals.taxes).toEqual([
      { lineId: 'a', name: 'NJ sales tax', rateMillionths: 66_250, baseMinor: 9_999n, amountMinor: 662n },
    ]);
  });

  it('finds the value added tax inside a German price, shipping included', () => {
    const totals = totalsOf(
      basket({
        lines: [line(11_900n)],
        shippingMinor: 595n,
        tax: taxRegionOf({ country: 'DE', state: null }),
      }),
    );
    expect(totals).toMatchObject({
      taxMode: TaxMode.INCLUDED,
      taxMinor: 1_900n + 95n,
      totalMinor: 11_900n + 595n,
    });
    expect(totals.taxes.map(({ baseMinor }) => baseMinor)).toEqual([10_000n, 500n]);
  });

  it('splits Quebec’s tax over its two parts without losing a cent', () => {
    const { taxes, taxMinor } = totalsOf(
      basket({ lines: [line(10_001n)], tax: taxRegionOf({ country: 'CA', state: 'QC' }) }),
    );
    expect(taxes.map(({ name, amountMinor }) => [name, amountMinor])).toEqual([
      ['GST', 500n],
      ['QST', 998n],
    ]);
    expect(taxMinor).toBe(1_498n);
  });

  it('allocates a discount to lines by largest remainder', () => {
    const totals = totalsOf(
      basket({
        lines: [line(100n, 1, 'a'), line(100n, 1, 'b'), line(100n, 1, 'c')],
        discounts: [{ couponId: 'c', code: 'C', kind: 'amount', amountMinor: 100n }],
      }),
    );
    expect([...totals.lines.values()].map(({ discountMinor }) => discountMinor)).toEqual([34n, 33n, 33n]);
  });

  it('never discounts more than there is to pay', () => {
    const totals = totalsOf(
      basket({
        lines: [line(500n)],
        discounts: [percent(5_000n), { couponId: 'c', code: 'C', kind: 'amount', amountMinor: 10_000n }],
      }),
    );
    expect(totals).toMatchObject({ totalMinor: 0n, discountMinor: 500n });
    expect(totals.discounts.map(({ amountMinor }) => amountMinor)).toEqual([250n, 250n]);
  });

  it('takes off the shipping what free shipping promises', () => {
    const totals = totalsOf(
      basket({
        lines: [line(500n)],
        shippingMinor: 595n,
        discounts: [{ couponId: 'c', code: 'C', kind: 'free-shipping' }],
      }),
    );
    expect(totals).toMatchObject({ shippingMinor: 595n, discountMinor: 595n, totalMinor: 500n });
  });

  it('always adds up: parts sum to the whole, and nothing is below zero', () => {
    fc.assert(
      fc.property(baskets, (given) => {
        const totals = totalsOf(given);
        const parts = [...totals.lines.values(), totals.shipping];
        const sum = (amounts: bigint[]) => amounts.reduce((left, right) => left + right, 0n);
        expect(sum(parts.map(({ totalMinor }) => totalMinor))).toBe(totals.totalMinor);
        expect(sum(parts.map(({ taxMinor }) => taxMinor))).toBe(totals.taxMinor);
        expect(sum(totals.taxes.map(({ amountMinor }) => amountMinor))).toBe(totals.taxMinor);
        expect(sum(totals.discounts.map(({ amountMinor }) => amountMinor))).toBe(totals.discountMinor);
        const added = totals.taxMode === TaxMode.ADDED ? totals.taxMinor : 0n;
        expect(totals.subtotalMinor - totals.discountMinor + totals.shippingMinor + added).toBe(
          totals.totalMinor,
        );
        for (const part of parts) for (const amount of Object.values(part)) expect(amount >= 0n).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
