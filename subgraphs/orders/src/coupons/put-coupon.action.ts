import type { Transaction } from '../context.js';
import { couponProblem, CouponProblem } from './coupon.js';
import {
  deleteCartCoupon,
  findCouponByCode,
  findCouponsOfCarts,
  insertCartCoupon,
  type CartCoupon,
} from './coupon.store.js';

/** How many discount codes one cart takes. */
const MOST_COUPONS = 3;

export type PutCouponOutcome =
  { kind: 'put' } | { kind: 'too-many' } | { kind: 'invalid'; problem: CouponProblem };

/** Notes a discount code on a locked cart, if it can be used there now; a second time changes nothing. */
export async function putCoupon(
  tx: Transaction,
  use: { cartId: string; code: string; goodsMinor: bigint; now: Date },
): Promise<PutCouponOutcome> {
  const { cartId, code, goodsMinor, now } = use;
  const coupon = await findCouponByCode(tx, code);
  if (!coupon) return { kind: 'invalid', problem: CouponProblem.UNKNOWN };
  const before = await findCouponsOfCarts(tx, [cartId]);
  const isThere = before.some((one) => one.coupon.id === coupon.id);
  if (!isThere && before.length >= MOST_COUPONS) return { kind: 'too-many' };
  await insertCartCoupon(tx, { cartId, couponId: coupon.id, appliedAt: now });
  const applied = (await findCouponsOfCarts(tx, [cartId])).find((one) => one.coupon.id === coupon.id);
  const problem = couponProblem(coupon, { goodsMinor, usedByCustomer: applied?.usedByCustomer ?? 0, now });
  if (!problem) return { kind: 'put' };
  if (!isThere) await deleteCartCoupon(tx, cartId, coupon.id);
  return { kind: 'invalid', problem };
}

/** Takes a discount code off a locked cart; `false` when it is not on it. */
export async function takeCoupon(
  tx: Transaction,
  { cartId, code }: { cartId: string; code: string },
): Promise<boolean> {
  const applied = await findCouponsOfCart(tx, cartId);
  const coupon = applied.find((one) => one.coupon.code === code)?.coupon;
  if (!coupon) return false;
  await deleteCartCoupon(tx, cartId, coupon.id);
  return true;
}

/** The discount codes on a cart, in the order they were put there. */
export function findCouponsOfCart(tx: Transaction, cartId: string): Promise<CartCoupon[]> {
  return findCouponsOfCarts(tx, [cartId]);
}
