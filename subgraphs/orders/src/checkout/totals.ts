import { allocateByWeight, money } from '@storegraph/money';
import { combinedRate, TaxMode, type TaxRegion } from '../taxes/tax.js';

/** One thing in a basket. All amounts here are minor units of one currency. */
export type PricedLine = {
  readonly id: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly taxable: boolean;
};

/** A discount that may be used; `basisPoints` are hundredths of a per cent. */
export type Discount = { readonly couponId: string; readonly code: string } & (
  | { readonly kind: 'percent'; readonly basisPoints: bigint }
  | { readonly kind: 'amount'; readonly amountMinor: bigint }
  | { readonly kind: 'free-shipping' }
);

export type Basket = {
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  /** In the order they apply, each to what the ones before have left. */
  readonly discounts: readonly Discount[];
  /** What sending costs; `null` while nobody has chosen how. */
  readonly shippingMinor: bigint | null;
  readonly tax: TaxRegion;
};

/** What a line, or the shipping, comes to. `total` is what is paid for it, tax included. */
export type LineTotals = {
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
};

/** One tax on one line; `lineId` is `null` for the tax on shipping. */
export type TaxAmount = {
  readonly lineId: string | null;
  readonly name: string;
  readonly rateMillionths: number;
  readonly baseMinor: bigint;
  readonly amountMinor: bigint;
};

export type AppliedDiscount = {
  readonly couponId: string;
  readonly code: string;
  readonly amountMinor: bigint;
};

/** How amounts are rounded: once per line and tax, a half away from zero. */
export const ROUNDING_MODE = 'HALF_AWAY_FROM_ZERO';

/**
 * What a basket costs. Always: `total = subtotal - discount + shipping`, plus `tax` where it is added, and the
 * totals of the lines and of the shipping sum to `total`.
 */
export type BasketTotals = {
  readonly currency: string;
  readonly subtotalMinor: bigint;
  /** Off the goods and off the shipping. */
  readonly discountMinor: bigint;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly taxMode: TaxMode;
  readonly roundingMode: typeof ROUNDING_MODE;
  readonly lines: ReadonlyMap<string, LineTotals>;
  readonly shipping: LineTotals;
  readonly taxes: readonly TaxAmount[];
  readonly discounts: readonly AppliedDiscount[];
};

const MILLION = 1_000_000n;
const BASIS = 10_000n;

/**
 * Prices a basket. Discounts are allocated to lines by largest remainder, tax is rounded once per line; a discount
 * never makes anything cost less than nothing.
 */
export function totalsOf(basket: Basket): BasketTotals {
  const { currency, lines, tax } = basket;
  const subtotals = lines.map((line) => line.unitPriceMinor * BigInt(line.quantity));
  const shippingMinor = basket.shippingMinor ?? 0n;
  const { remaining, shippingLeft, discounts } = discount(basket, subtotals, shippingMinor);

  const taxes: TaxAmount[] = [];
  const price = (
    item: { lineId: string | null; taxed: boolean },
    subtotalMinor: bigint,
    leftMinor: bigint,
  ): LineTotals => {
    const due = item.taxed ? taxOn(leftMinor, tax, { currency, lineId: item.lineId }) : [];
    taxes.push(...due);
    const taxMinor = sumOf(due.map(({ amountMinor }) => amountMinor));
    const totalMinor = tax.mode === TaxMode.ADDED ? leftMinor + taxMinor : leftMinor;
    return { subtotalMinor, discountMinor: subtotalMinor - leftMinor, taxMinor, totalMinor };
  };
  const priced = lines.map((line, index): [string, LineTotals] => [
    line.id,
    price({ lineId: line.id, taxed: line.taxable }, subtotals[index] ?? 0n, remaining[index] ?? 0n),
  ]);
  const shipping = price({ lineId: null, taxed: tax.taxesShipping }, shippingMinor, shippingLeft);

  const all = [...priced.map(([, line]) => line), shipping];
  return {
    currency,
    subtotalMinor: sumOf(subtotals),
    discountMinor: sumOf(all.map(({ discountMinor }) => discountMinor)),
    shippingMinor,
    taxMinor: sumOf(all.map(({ taxMinor }) => taxMinor)),
    totalMinor: sumOf(all.map(({ totalMinor }) => totalMinor)),
    taxMode: tax.mode,
    roundingMode: ROUNDING_MODE,
    lines: new Map(priced),
    shipping,
    taxes,
    discounts,
  };
}

/** Applies the discounts in turn; answers what is left to pay of each line and of the shipping. */
function discount(
  { currency, discounts }: Basket,
  subtotals: readonly bigint[],
  shippingMinor: bigint,
): { remaining: bigint[]; shippingLeft: bigint; discounts: AppliedDiscount[] } {
  let remaining = [...subtotals];
  let shippingLeft = shippingMinor;
  const applied = discounts.map(({ couponId, code, ...rule }): AppliedDiscount => {
    if (rule.kind === 'free-shipping') {
      const amountMinor = shippingLeft;
      shippingLeft = 0n;
      return { couponId, code, amountMinor };
    }
    const goods = sumOf(remaining);
    const wished =
      rule.kind === 'percent' ? divideRounded(goods * rule.basisPoints, BASIS) : rule.amountMinor;
    const amountMinor = wished < goods ? wished : goods;
    if (amountMinor > 0n) {
      const parts = allocateByWeight(money(amountMinor, currency), remaining);
      remaining = remaining.map((left, index) => left - (parts[index]?.minor ?? 0n));
    }
    return { couponId, code, amountMinor };
  });
  return { remaining, shippingLeft, discounts: applied };
}

/** The taxes on an amount: rounded once for all rates together, then split over them by largest remainder. */
function taxOn(
  amountMinor: bigint,
  region: TaxRegion,
  { currency, lineId }: { currency: string; lineId: string | null },
): TaxAmount[] {
  const rate = BigInt(combinedRate(region));
  if (region.mode === TaxMode.NONE || rate === 0n || amountMinor === 0n) return [];
  const divisor = region.mode === TaxMode.INCLUDED ? MILLION + rate : MILLION;
  const total = divideRounded(amountMinor * rate, divisor);
  const baseMinor = region.mode === TaxMode.INCLUDED ? amountMinor - total : amountMinor;
  const parts = allocateByWeight(
    money(total, currency),
    region.rates.map(({ rateMillionths }) => rateMillionths),
  );
  return region.rates.map(({ name, rateMillionths }, index) => ({
    lineId,
    name,
    rateMillionths,
    baseMinor,
    amountMinor: parts[index]?.minor ?? 0n,
  }));
}

/** Division of what is not negative, a half rounded up. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  return (dividend * 2n + divisor) / (divisor * 2n);
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
