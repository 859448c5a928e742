import type { Discount } from '../checkout/totals.js';

/** A discount code. */
export type Coupon = {
  readonly id: string;
  /** In capital letters. */
  readonly code: string;
  readonly kind: CouponKind;
  /** Basis points for PERCENT (hundredths of a per cent), minor units for AMOUNT, 0 for FREE_SHIPPING. */
  readonly value: bigint;
  /** The currency of an AMOUNT. */
  readonly currency: string | null;
  /** What the goods must cost at least, before discounts. */
  readonly minimumMinor: bigint | null;
  readonly usageLimit: number | null;
  readonly perCustomerLimit: number | null;
  readonly used: number;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly active: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export enum CouponKind {
  PERCENT = 'PERCENT',
  AMOUNT = 'AMOUNT',
  FREE_SHIPPING = 'FREE_SHIPPING',
}

/** Why a discount code cannot be used. */
export enum CouponProblem {
  UNKNOWN = 'UNKNOWN',
  INACTIVE = 'INACTIVE',
  NOT_STARTED = 'NOT_STARTED',
  ENDED = 'ENDED',
  USED_UP = 'USED_UP',
  USED_BY_YOU = 'USED_BY_YOU',
  BELOW_MINIMUM = 'BELOW_MINIMUM',
}

/** What shoppers type, as codes are kept: `  spring-10 ` is `SPRING-10`. */
export function normaliseCode(code: string): string {
  return code.normalize('NFKC').trim().toUpperCase();
}

/** Whose uses count together: a customer's, or those of one e-mail address; `null` while nobody is known. */
export function customerKeyOf(buyer: { customerId: string | null; email: string | null }): string | null {
  return buyer.customerId ?? buyer.email?.trim().toLowerCase() ?? null;
}

/**
 * What keeps a coupon from being used, or `null`.
 *
 * @param use.usedByCustomer how often this customer has used it before
 * @param use.goodsMinor what the goods cost before discounts
 */
export function couponProblem(
  coupon: Coupon,
  use: { goodsMinor: bigint; usedByCustomer: number; now: Date },
): CouponProblem | null {
  const { usageLimit, perCustomerLimit, minimumMinor } = coupon;
  if (!coupon.active) return CouponProblem.INACTIVE;
  if (coupon.startsAt && coupon.startsAt > use.now) return CouponProblem.NOT_STARTED;
  if (coupon.endsAt && coupon.endsAt <= use.now) return CouponProblem.ENDED;
  if (usageLimit !== null && coupon.used >= usageLimit) return CouponProblem.USED_UP;
  if (perCustomerLimit !== null && use.usedByCustomer >= perCustomerLimit) return CouponProblem.USED_BY_YOU;
  if (minimumMinor !== null && use.goodsMinor < minimumMinor) return CouponProblem.BELOW_MINIMUM;
  return null;
}

/** What to tell the shopper. */
export function explainProblem(problem: CouponProblem): string {
  switch (problem) {
    case CouponProblem.UNKNOWN:
      return 'There is no such discount code.';
    case CouponProblem.INACTIVE:
      return 'This discount code is no longer valid.';
    case CouponProblem.NOT_STARTED:
      return 'This discount code is not valid yet.';
    case CouponProblem.ENDED:
      return 'This discount code has expired.';
    case CouponProblem.USED_UP:
      return 'This discount code has been used up.';
    case CouponProblem.USED_BY_YOU:
      return 'You have used this discount code before.';
    case CouponProblem.BELOW_MINIMUM:
      return 'The cart is worth too little for this discount code.';
  }
}

/** What a coupon takes off a basket. */
export function discountOf({ id: couponId, code, kind, value }: Coupon): Discount {
  switch (kind) {
    case CouponKind.PERCENT:
      return { couponId, code, kind: 'percent', basisPoints: value };
    case CouponKind.AMOUNT:
      return { couponId, code, kind: 'amount', amountMinor: value };
    case CouponKind.FREE_SHIPPING:
      return { couponId, code, kind: 'free-shipping' };
  }
}
