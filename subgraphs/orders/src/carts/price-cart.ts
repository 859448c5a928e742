import { totalsOf, type BasketTotals } from '../checkout/totals.js';
import { couponProblem, discountOf, type Coupon, type CouponProblem } from '../coupons/coupon.js';
import type { Address } from '../shipping/address.js';
import { shippingOptionsFor, type ShippingOption } from '../shipping/shipping.js';
import { taxRegionOf } from '../taxes/tax-regions.js';
import type { Cart, CartLine } from './cart.js';

/** A cart with all that its price depends on. */
export type FullCart = Cart & {
  readonly lines: readonly CartLine[];
  readonly coupons: readonly { readonly coupon: Coupon; readonly usedByCustomer: number }[];
};

/** What a cart costs, and why. */
export type CartPrice = {
  readonly totals: BasketTotals;
  /** The chosen way of sending, if it is still offered. */
  readonly shipping: ShippingOption | null;
  /** Coupons that take nothing off, by id, and why. */
  readonly problems: ReadonlyMap<string, CouponProblem>;
};

/** Prices a cart for where it is sent to: the lines as pinned, the coupons that may be used, shipping and tax. */
export function priceCart(cart: FullCart, now: Date): CartPrice {
  const goodsMinor = goodsOf(cart.lines);
  const judged = cart.coupons.map(({ coupon, usedByCustomer }) => ({
    coupon,
    problem: couponProblem(coupon, { goodsMinor, usedByCustomer, now }),
  }));
  const shipping =
    optionsFor(cart, cart.shippingAddress).find(({ code }) => code === cart.shippingOption) ?? null;
  const totals = totalsOf({
    currency: cart.currency,
    lines: cart.lines,
    discounts: judged.flatMap(({ coupon, problem }) => (problem ? [] : [discountOf(coupon)])),
    shippingMinor: shipping?.priceMinor ?? null,
    tax: taxRegionOf(cart.shippingAddress),
  });
  const problems = judged.flatMap(({ coupon, problem }): [string, CouponProblem][] =>
    problem ? [[coupon.id, problem]] : [],
  );
  return { totals, shipping, problems: new Map(problems) };
}

/** The ways to send a cart to an address; none without one. */
export function optionsFor(
  { lines }: Pick<FullCart, 'lines'>,
  address: Pick<Address, 'country'> | null,
): ShippingOption[] {
  return address ? shippingOptionsFor({ lines, goodsMinor: goodsOf(lines) }, address.country) : [];
}

/** What the goods cost before discounts. */
export function goodsOf(lines: readonly Pick<CartLine, 'unitPriceMinor' | 'quantity'>[]): bigint {
  return lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * BigInt(quantity), 0n);
}
