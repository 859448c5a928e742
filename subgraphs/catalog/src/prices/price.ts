import type { Money } from '@storegraph/money';

/** What a variant costs from a quantity on, in one currency. */
export type PriceRow = {
  readonly variantId: string;
  readonly currency: string;
  readonly minQuantity: number;
  readonly priceMinor: bigint;
  readonly compareAtMinor: bigint | null;
};

/** The price of one piece in the shop's currency, which every variant has. */
export type BasePrice = {
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly compareAtMinor: bigint | null;
};

/**
 * What one piece costs when this many are bought: the row of the currency with the greatest quantity reached. A
 * currency the variant has no price in answers in the shop's own; the answer says which it is.
 */
export function priceFor(
  base: BasePrice,
  rows: readonly PriceRow[],
  wanted: { currency: string | null; quantity: number },
): { price: Money; compareAt: Money | null } {
  const isPriced = rows.some((row) => row.currency === wanted.currency && row.minQuantity <= 1);
  const currency = wanted.currency !== null && isPriced ? wanted.currency : base.currency;
  const reached = rows
    .filter((row) => row.currency === currency && row.minQuantity <= wanted.quantity)
    .reduce<PriceRow | null>((best, row) => (best && best.minQuantity > row.minQuantity ? best : row), null);
  const { priceMinor, compareAtMinor } = reached ?? base;
  return {
    price: { minor: priceMinor, currency },
    compareAt: compareAtMinor === null ? null : { minor: compareAtMinor, currency },
  };
}
