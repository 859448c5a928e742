import type { Transaction } from '../context.js';
import { couponProblem, CouponProblem } from './coupon.js';
import { countUsesByCustomer, deleteRedemptions, insertRedemption, lockCoupon } from './coupon.store.js';

export type RedeemCouponOutcome = { kind: 'redeemed' } | { kind: 'invalid'; problem: CouponProblem };

/**
 * Uses a coupon for an order. Of all orders that use it at once, exactly as many succeed as its limits allow: the
 * coupon stays locked until the transaction ends. The same order uses it once, however often it asks.
 *
 * @param use.customerKey whose uses count together, see `customerKeyOf`
 * @param use.goodsMinor what the goods cost before discounts
 */
export async function redeemCoupon(
  tx: Transaction,
  use: { couponId: string; orderId: string; customerKey: string; goodsMinor: bigint; now: Date },
): Promise<RedeemCouponOutcome> {
  const { couponId, orderId, customerKey, goodsMinor, now } = use;
  const coupon = await lockCoupon(tx, couponId);
  if (!coupon) return { kind: 'invalid', problem: CouponProblem.UNKNOWN };
  const usedByCustomer =
    coupon.perCustomerLimit === null ? 0 : await countUsesByCustomer(tx, couponId, customerKey);
  const problem = couponProblem(coupon, { goodsMinor, usedByCustomer, now });
  if (problem) return { kind: 'invalid', problem };
  await insertRedemption(tx, { couponId, orderId, customerKey, now });
  return { kind: 'redeemed' };
}

/** Gives back the uses of an order that came to nothing. */
export function returnCoupons(tx: Transaction, orderId: string): Promise<void> {
  return deleteRedemptions(tx, orderId);
}
