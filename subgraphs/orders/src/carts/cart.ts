import type { Quote, QuotedCustomization, QuoteRequest } from '../quotes/quote.js';
import type { Address } from '../shipping/address.js';

/** A basket, held by a customer or by whoever has its token. */
export type Cart = {
  readonly id: string;
  /** `null` for a guest's. */
  readonly ownerId: string | null;
  readonly status: CartStatus;
  /** ISO 4217. */
  readonly currency: string;
  readonly version: number;
  readonly email: string | null;
  readonly shippingAddress: Address | null;
  /** The code of the chosen shipping option. */
  readonly shippingOption: string | null;
  /** The cart this one went into. */
  readonly mergedIntoId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
};

export enum CartStatus {
  OPEN = 'OPEN',
  ORDERED = 'ORDERED',
  MERGED = 'MERGED',
  EXPIRED = 'EXPIRED',
}

/** So many of a variant, with the same customizations, at the price catalog promised. */
export type CartLine = Omit<Quote, 'expiresAt' | 'token'> & {
  readonly id: string;
  readonly cartId: string;
  readonly quantity: number;
  /** What one cost when it was put in. */
  readonly unitPriceWhenAddedMinor: bigint;
  readonly quoteToken: string;
  readonly quoteExpiresAt: Date;
  readonly createdAt: Date;
};

/** What becomes of a line: added if its variant and customizations are new, otherwise the quantity grows. */
export type LineAddition = { readonly quote: Quote; readonly quantity: number };

export const MOST_LINES = 100;
export const MOST_PER_LINE = 999;

const DAY_MILLIS = 86_400_000;

/** Equal lines have equal keys: chosen customizations, in any order. */
export function customizationKeyOf(customizations: readonly Pick<QuotedCustomization, 'valueId'>[]): string {
  return customizations
    .map(({ valueId }) => valueId)
    .sort()
    .join(' ');
}

/** Tells lines of one cart apart. */
export function lineKeyOf(line: Pick<Quote, 'variantId' | 'customizations'>): string {
  return `${line.variantId} ${customizationKeyOf(line.customizations)}`.trim();
}

/** The key of the line a request would become. */
export function requestKeyOf({ variantId, customizationValueIds }: QuoteRequest): string {
  return `${variantId} ${customizationKeyOf(customizationValueIds.map((valueId) => ({ valueId })))}`.trim();
}

/**
 * Additions with equal ones added up, if the cart still fits its limits with them. `line` is the position of the
 * addition that is too much.
 */
export function addUp(
  present: readonly CartLine[],
  additions: readonly LineAddition[],
):
  | { kind: 'fits'; additions: LineAddition[] }
  | { kind: 'too-many-of-one'; line: number }
  | { kind: 'too-many-lines' } {
  const there = new Map(present.map((line) => [lineKeyOf(line), line.quantity]));
  const sums = new Map<string, LineAddition>();
  for (const [line, { quantity, quote }] of additions.entries()) {
    const key = lineKeyOf(quote);
    const together = (sums.get(key)?.quantity ?? 0) + quantity;
    if (together + (there.get(key) ?? 0) > MOST_PER_LINE) return { kind: 'too-many-of-one', line };
    sums.set(key, { quantity: together, quote });
  }
  if (new Set([...there.keys(), ...sums.keys()]).size > MOST_LINES) return { kind: 'too-many-lines' };
  return { kind: 'fits', additions: [...sums.values()] };
}

/** An open cart whose time is up, whether or not anybody has noticed. */
export function isExpired(cart: Pick<Cart, 'status' | 'expiresAt'>, now: Date): boolean {
  return cart.status === CartStatus.EXPIRED || (cart.status === CartStatus.OPEN && cart.expiresAt <= now);
}

/** Until when a cart is kept that was touched now. */
export function keepUntil(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MILLIS);
}

/** Something the shopper should know before paying. */
export type CartWarning = {
  readonly kind: 'price-changed' | 'too-few' | 'coupon';
  readonly message: string;
  readonly lineId: string | null;
  /** How many can be had, where that is the matter. */
  readonly available: number | null;
};

/** Lines that cost something else than when they were added, and lines of which there are too few. */
export function warningsOf(
  lines: readonly CartLine[],
  stock: ReadonlyMap<string, { sellable: number; backorderable: boolean }>,
): CartWarning[] {
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of lines) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  return lines.flatMap((line): CartWarning[] => {
    const warnings: CartWarning[] = [];
    const name = `${line.productName} (${line.variantName})`;
    if (line.unitPriceMinor !== line.unitPriceWhenAddedMinor) {
      const direction = line.unitPriceMinor > line.unitPriceWhenAddedMinor ? 'more' : 'less';
      const message = `${name} costs ${direction} than when you added it.`;
      warnings.push({ kind: 'price-changed', message, lineId: line.id, available: null });
    }
    const { sellable, backorderable } = stock.get(line.variantId) ?? { sellable: 0, backorderable: false };
    if (!backorderable && sellable < (wanted.get(line.variantId) ?? 0)) {
      const available = Math.max(0, sellable);
      const message = available === 0 ? `${name} is sold out.` : `Only ${available} of ${name} are left.`;
      warnings.push({ kind: 'too-few', message, lineId: line.id, available });
    }
    return warnings;
  });
}
