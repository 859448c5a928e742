import type { Deps } from '../context.js';
import type { CouponProblem } from '../coupons/coupon.js';
import { putCoupon, takeCoupon } from '../coupons/put-coupon.action.js';
import { findLinesOfCarts } from './cart.store.js';
import { changeCart, type CartAim, type CartRefusal } from './change-cart.action.js';
import { goodsOf } from './price-cart.js';

type Failure = { kind: 'too-many' } | { kind: 'invalid'; problem: CouponProblem };

export type ApplyCouponOutcome = { kind: 'changed'; cartId: string } | Failure | CartRefusal;

/** Puts a discount code on a cart. It counts as used only when the order is placed. */
export async function applyCoupon(deps: Deps, aim: CartAim, code: string): Promise<ApplyCouponOutcome> {
  return changeCart<Failure>(deps, aim, async (tx, cart, now) => {
    const goodsMinor = goodsOf(await findLinesOfCarts(tx, [cart.id]));
    const outcome = await putCoupon(tx, { cartId: cart.id, code, goodsMinor, now });
    return outcome.kind === 'put' ? { kind: 'change', change: {} } : outcome;
  });
}

/** Takes a discount code off a cart; without it, nothing but the version changes. */
export async function removeCoupon(
  deps: Deps,
  aim: CartAim,
  code: string,
): Promise<{ kind: 'changed'; cartId: string } | CartRefusal> {
  return changeCart(deps, aim, async (tx, cart) => {
    await takeCoupon(tx, { cartId: cart.id, code });
    return { kind: 'change', change: {} };
  });
}
