import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { shopper, staff } from '@storegraph/testkit';
import { redeemCoupon, returnCoupons } from '../src/coupons/redeem-coupon.action.js';
import { openShop, type Shop } from './shop.js';

const SAVE = `mutation ($input: SaveCouponInput!) { saveCoupon(input: $input) {
  ... on SaveCouponSuccess { coupon { id code percent amount { amount } minimum { amount } used version } }
  ... on Conflict { currentVersion } ... on UserError { code path } } }`;

describe('a discount code', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 8 });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const code = () => `C${newId('coupon').slice(-10)}`.toUpperCase();
  const save = async (input: object, viewer = staff()) =>
    (await shop.orders.ask(SAVE, { input: { code: code(), kind: 'PERCENT', percent: 10, ...input } }, viewer))
      .data['saveCoupon'];
  const redeem = (couponId: string, customerKey: string, orderId = newId('order')) =>
    shop.deps.prisma.$transaction(
      (tx) => redeemCoupon(tx, { couponId, orderId, customerKey, goodsMinor: 5_000n, now: shop.deps.now() }),
      { maxWait: 60_000, timeout: 60_000 },
    );
  const used = async (id: string) => {
    const { data } = await shop.orders.ask('query ($id: ID!) { coupon(id: $id) { used } }', { id }, staff());
    return data['coupon'].used as number;
  };

  it('for a single use is used by one of 100 orders at once', async () => {
    const { id } = (await save({ usageLimit: 1 })).coupon;
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => redeem(id, `user_${index}`)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'redeemed')).toHaveLength(1);
    expect(outcomes.find(({ kind }) => kind === 'invalid')).toEqual({ kind: 'invalid', problem: 'USED_UP' });
    expect(await used(id)).toBe(1);
  });

  it('is used by one customer as often as allowed, whatever comes at once', async () => {
    const { id } = (await save({ perCustomerLimit: 2 })).coupon;
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) => redeem(id, index % 2 === 0 ? 'ada' : 'ben')),
    );
    expect(outcomes.filter(({ kind }) => kind === 'redeemed')).toHaveLength(4);
    expect(await used(id)).toBe(4);
  });

  it('counts an order once, and gives its use back', async () => {
    const [{ id }, orderId] = [(await save({ usageLimit: 5 })).coupon, newId('order')];
    for (let again = 0; again < 3; again += 1) await redeem(id, 'ada', orderId);
    expect(await used(id)).toBe(1);
    for (let again = 0; again < 2; again += 1)
      await shop.deps.prisma.$transaction((tx) => returnCoupons(tx, orderId));
    expect(await used(id)).toBe(0);
  });

  it('is kept by staff, on the version they looked at', async () => {
    const given = { code: ` ${code().toLowerCase()} `, kind: 'AMOUNT', percent: null, amountMinor: '500' };
    const saved = (await save({ ...given, minimumMinor: '2000' })).coupon;
    expect(saved).toMatchObject({
      code: given.code.trim().toUpperCase(),
      percent: null,
      amount: { amount: '5.00' },
      minimum: { amount: '20.00' },
      version: 1,
    });
    expect(await save({ code: given.code })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'code'],
    });
    const { id } = saved;
    expect(await save({ id, code: given.code, expectedVersion: 9 })).toMatchObject({ currentVersion: 1 });
    expect((await save({ id, code: given.code, percent: 12.5, expectedVersion: 1 })).coupon).toMatchObject({
      percent: 12.5,
      amount: null,
      version: 2,
    });
    await redeem(id, 'ada');
    await redeem(id, 'ben');
    expect(await save({ id, code: given.code, usageLimit: 1 })).toMatchObject({
      path: ['input', 'usageLimit'],
    });
    expect(await save({ percent: 101 })).toMatchObject({ path: ['input', 'percent'] });
    expect(await save({ amountMinor: '5' })).toMatchObject({ path: ['input', 'amountMinor'] });
    const { code: refused } = await shop.orders.ask(
      SAVE,
      { input: { code: 'X1', kind: 'PERCENT' } },
      shopper(),
    );
    expect(refused).toBe('FORBIDDEN');
  });

  it('is listed newest first, page by page, to staff only', async () => {
    const LIST = `query ($after: String) { coupons(first: 2, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const ids = [];
    for (let made = 0; made < 3; made += 1) ids.unshift((await save({})).coupon.id as string);
    const page = async (after: string | null) =>
      (await shop.orders.ask(LIST, { after }, staff())).data['coupons'];
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor as string);
    const seen = [...first.edges, ...second.edges].map((edge) => edge.node.id as string);
    expect(seen.slice(0, 3)).toEqual(ids);
    expect((await shop.orders.ask(LIST, {}, shopper())).code).toBe('FORBIDDEN');
  });
});
