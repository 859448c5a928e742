import { describe, expect, it } from 'vitest';
import {
  couponProblem,
  CouponKind,
  CouponProblem,
  customerKeyOf,
  discountOf,
  normaliseCode,
  type Coupon,
} from './coupon.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const coupon = (given: Partial<Coupon>): Coupon => ({
  id: 'c',
  code: 'SPRING',
  kind: CouponKind.PERCENT,
  value: 1_000n,
  currency: null,
  minimumMinor: null,
  usageLimit: null,
  perCustomerLimit: null,
  used: 0,
  startsAt: null,
  endsAt: null,
  active: true,
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
  ...given,
});
const problem = (given: Partial<Coupon>, usedByCustomer = 0) =>
  couponProblem(coupon(given), { goodsMinor: 5_000n, usedByCustomer, now: NOW });

describe('a coupon', () => {
  it('can be used from its start until its end', () => {
    expect(problem({ startsAt: NOW, endsAt: new Date(NOW.getTime() + 1) })).toBeNull();
    expect(problem({ startsAt: new Date(NOW.getTime() + 1) })).toBe(CouponProblem.NOT_STARTED);
    expect(problem({ endsAt: NOW })).toBe(CouponProblem.ENDED);
    expect(problem({ active: false })).toBe(CouponProblem.INACTIVE);
  });

  it('knows its limits', () => {
    expect(problem({ usageLimit: 3, used: 2, perCustomerLimit: 1 })).toBeNull();
    expect(problem({ usageLimit: 3, used: 3 })).toBe(CouponProblem.USED_UP);
    expect(problem({ perCustomerLimit: 1 }, 1)).toBe(CouponProblem.USED_BY_YOU);
    expect(problem({ minimumMinor: 5_000n })).toBeNull();
    expect(problem({ minimumMinor: 5_001n })).toBe(CouponProblem.BELOW_MINIMUM);
  });

  it('is found however its code is typed', () => {
    expect(normaliseCode('  spring-10 ')).toBe('SPRING-10');
  });

  it('counts a guest by e-mail address and a customer by account', () => {
    expect(customerKeyOf({ customerId: null, email: ' Ada@Example.org ' })).toBe('ada@example.org');
    expect(customerKeyOf({ customerId: 'user_1', email: 'ada@example.org' })).toBe('user_1');
    expect(customerKeyOf({ customerId: null, email: null })).toBeNull();
  });

  it('becomes the discount of its kind', () => {
    expect(discountOf(coupon({}))).toMatchObject({ kind: 'percent', basisPoints: 1_000n });
    expect(discountOf(coupon({ kind: CouponKind.AMOUNT, value: 500n }))).toMatchObject({ amountMinor: 500n });
    expect(discountOf(coupon({ kind: CouponKind.FREE_SHIPPING }))).toMatchObject({ kind: 'free-shipping' });
  });
});
