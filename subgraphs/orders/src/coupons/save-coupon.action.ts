import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { CouponKind, type Coupon } from './coupon.js';
import { findCouponByCode, insertCoupon, lockCoupon, updateCoupon } from './coupon.store.js';

export type SaveCouponOutcome =
  | { kind: 'saved'; coupon: Coupon }
  | { kind: 'not-found' }
  | { kind: 'changed-meanwhile'; currentVersion: number }
  | { kind: 'code-taken' }
  | { kind: 'used-more-often'; used: number };

type Fields = Omit<Coupon, 'id' | 'currency' | 'used' | 'version' | 'createdAt' | 'updatedAt'>;

/** Creates a discount code or changes one. A limit cannot fall below the uses made so far. */
export async function saveCoupon(
  deps: Deps,
  input: Fields & {
    /** Which one to change; a new one without. */
    id: string | null;
    expectedVersion: number | null;
  },
): Promise<SaveCouponOutcome> {
  const { id, expectedVersion, ...given } = input;
  const now = deps.now();
  const fields = { ...given, currency: given.kind === CouponKind.AMOUNT ? deps.config.currency : null };
  return deps.prisma.$transaction(async (tx): Promise<SaveCouponOutcome> => {
    if (id === null) {
      const coupon = {
        ...fields,
        id: newId('coupon'),
        used: 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      return (await insertCoupon(tx, coupon)) ? { kind: 'saved', coupon } : { kind: 'code-taken' };
    }
    const before = await lockCoupon(tx, id);
    if (!before) return { kind: 'not-found' };
    if (expectedVersion !== null && expectedVersion !== before.version)
      return { kind: 'changed-meanwhile', currentVersion: before.version };
    const namesake = await findCouponByCode(tx, fields.code);
    if (namesake && namesake.id !== id) return { kind: 'code-taken' };
    if (fields.usageLimit !== null && fields.usageLimit < before.used)
      return { kind: 'used-more-often', used: before.used };
    return { kind: 'saved', coupon: await updateCoupon(tx, id, { ...fields, updatedAt: now }) };
  });
}
