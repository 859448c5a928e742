import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { CouponKind, normaliseCode, type Coupon } from './coupon.js';
import { findCouponsByCodes, insertCoupons } from './coupon.store.js';

/** A discount code of a demonstration shop; `value` as `Coupon` has it. */
export type CouponSeed = Pick<Coupon, 'code' | 'value'> & { readonly kind: `${CouponKind}` } & Partial<
    Pick<Coupon, 'minimumMinor' | 'usageLimit' | 'perCustomerLimit' | 'startsAt' | 'endsAt'>
  >;

/** Makes discount codes that are not there yet. Answers the ids of all, by code. */
export async function seedCoupons(deps: Deps, seeds: readonly CouponSeed[]): Promise<Map<string, string>> {
  const now = deps.now();
  const coupons = seeds.map(({ code, kind, ...seed }): Coupon => ({
    minimumMinor: null,
    usageLimit: null,
    perCustomerLimit: null,
    startsAt: null,
    endsAt: null,
    ...seed,
    id: newId('coupon'),
    code: normaliseCode(code),
    kind: CouponKind[kind],
    currency: kind === 'AMOUNT' ? deps.config.currency : null,
    used: 0,
    active: true,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }));
  await insertCoupons(deps.prisma, coupons);
  const known = await findCouponsByCodes(
    deps.prisma,
    coupons.map(({ code }) => code),
  );
  return new Map(known.map(({ code, id }) => [code, id]));
}
