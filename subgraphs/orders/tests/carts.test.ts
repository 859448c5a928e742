import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { basketsOf, CART, mutation } from './basket.js';
import { openShop, type Shop } from './shop.js';

const HOME = { fullName: 'Ada L.', street: '1 Main St', city: 'Newark', zip: '07101', country: 'US' };

describe('a cart', () => {
  let shop: Shop;
  let baskets: ReturnType<typeof basketsOf>;
  beforeAll(async () => {
    shop = await openShop();
    baskets = basketsOf(shop);
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  it('costs 619.98 for two at 299.99 with a customization of 10.00 each', async () => {
    const wrap = newId('optionValue');
    const lamp = shop.catalog.sell({ priceMinor: 29_999n, customizations: new Map([[wrap, 1_000n]]) });
    const { cart, cartToken } = await baskets.add([
      { variantId: lamp.variantId, quantity: 2, customizationValueIds: [wrap] },
    ]);
    expect(cartToken.length).toBeGreaterThanOrEqual(40);
    expect(cart.totals.total.amount).toBe('619.98');
    expect(cart.lines).toMatchObject([
      {
        quantity: 2,
        productName: 'Desk lamp',
        unitPrice: { amount: '309.99' },
        subtotal: { amount: '619.98' },
        customizations: [{ valueId: wrap, priceAdjustment: { amount: '10.00' } }],
        variant: { id: lamp.variantId },
      },
    ]);
  });

  it('adds up equal lines and keeps differently customized ones apart', async () => {
    const wrap = newId('optionValue');
    const { variantId } = shop.catalog.sell({ customizations: new Map([[wrap, 500n]]) });
    const { cartToken } = await baskets.add([{ variantId, quantity: 1 }, { variantId }]);
    const { cart } = await baskets.add(
      [
        { variantId, quantity: 3 },
        { variantId, customizationValueIds: [wrap] },
      ],
      {
        cartToken,
      },
    );
    expect(cart.lines.map(({ quantity }: { quantity: number }) => quantity)).toEqual([5, 1]);
    expect(shop.catalog.asked.at(-1)).toMatchObject([{ quantity: 5 }, { quantity: 1 }]);
  });

  it('names the line that is not for sale, too many or customized in a way that is not offered', async () => {
    const { variantId } = shop.catalog.sell();
    expect(await baskets.add([{ variantId: newId('variant') }])).toEqual({
      __typename: 'NotFound',
      code: 'NOT_FOUND',
      path: ['input', 'lines', '0', 'variantId'],
    });
    expect(await baskets.add([{ variantId }, { variantId, quantity: 1_000 }])).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '1', 'quantity'],
    });
    for (const quantity of [0, -3])
      expect(await baskets.add([{ variantId, quantity }])).toHaveProperty('code');
    const { cartToken } = await baskets.add([{ variantId, quantity: 999 }]);
    expect(await baskets.add([{ variantId }], { cartToken })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '0', 'quantity'],
    });
    expect(await baskets.add([{ variantId, customizationValueIds: ['nothing'] }])).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '0', 'customizationValueIds'],
    });
  });

  it('changes the quantity of a line and removes it, on the version that was looked at', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 1_999n });
    const { cart, cartToken } = await baskets.add([{ variantId }]);
    const lineId = cart.lines[0].id as string;
    const aim = { cartToken, lineId };
    const stale = { ...aim, quantity: 3, expectedVersion: cart.version - 1 };
    expect(await baskets.change('updateCartLine', stale)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: cart.version,
    });
    const updated = await baskets.change('updateCartLine', {
      ...aim,
      quantity: 3,
      expectedVersion: cart.version,
    });
    expect(updated.cart).toMatchObject({
      version: cart.version + 1,
      totals: { total: { amount: '59.97' } },
    });
    expect((await baskets.change('removeCartLine', aim)).cart.lines).toEqual([]);
    expect(await baskets.change('removeCartLine', aim)).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'lineId'],
    });
  });

  it('shows its state after each of two changes in one operation', async () => {
    const { variantId } = shop.catalog.sell();
    const { cart, cartToken } = await baskets.add([{ variantId }]);
    const part = (quantity: number) => `updateCartLine(input: { cartToken: "${cartToken}",
      lineId: "${cart.lines[0].id as string}", quantity: ${quantity} }) { ... on UpdateCartLineSuccess { cart { lines { quantity } } } }`;
    const { data } = await shop.orders.ask(`mutation { a: ${part(2)} b: ${part(3)} }`);
    expect(data).toEqual({
      a: { cart: { lines: [{ quantity: 2 }] } },
      b: { cart: { lines: [{ quantity: 3 }] } },
    });
  });

  it('keeps a promised price until it runs out, and says what changed then', async () => {
    const lamp = shop.catalog.sell({ priceMinor: 2_000n });
    await shop.stock(lamp.variantId, 10);
    const { cart, cartToken } = await baskets.add([{ variantId: lamp.variantId, quantity: 2 }]);
    lamp.priceMinor = 2_500n;
    expect((await baskets.read(cartToken)).totals.total.amount).toBe('40.00');
    shop.pass({ minutes: 16 });
    shop.catalog.goAway();
    expect((await baskets.read(cartToken)).totals.total.amount).toBe('40.00');
    shop.catalog.comeBack();
    const repriced = await baskets.read(cartToken);
    expect(repriced.totals.total.amount).toBe('50.00');
    expect(repriced.lines).toMatchObject([
      { unitPrice: { amount: '25.00' }, unitPriceWhenAdded: { amount: '20.00' } },
    ]);
    expect(repriced.warnings).toEqual([{ code: 'PRICE_CHANGED', lineId: cart.lines[0].id, available: null }]);
  });

  it('takes no price that catalog has not signed, and says when catalog is away', async () => {
    const { variantId } = shop.catalog.sell();
    const ask = () => shop.orders.ask(mutation('addCartLines'), { input: { lines: [{ variantId }] } });
    shop.catalog.signWith('a-key-that-orders-has-never-heard-of-before');
    expect((await ask()).code).toBe('INTERNAL_SERVER_ERROR');
    shop.catalog.signWith(shop.deps.config.quoteKey);
    shop.catalog.goAway();
    expect((await ask()).code).toBe('SUBGRAPH_UNAVAILABLE');
    shop.catalog.comeBack();
  });

  it('warns of what there is too little of, two lines of one variant counted together', async () => {
    const wrap = newId('optionValue');
    const { variantId } = shop.catalog.sell({ customizations: new Map([[wrap, 0n]]) });
    await shop.stock(variantId, 3);
    const { cart } = await baskets.add([
      { variantId, quantity: 2 },
      { variantId, quantity: 2, customizationValueIds: [wrap] },
    ]);
    expect(cart.warnings).toMatchObject([
      { code: 'OUT_OF_STOCK', available: 3 },
      { code: 'OUT_OF_STOCK', available: 3 },
    ]);
  });

  it('is sent where and how the shopper says, taxed as that place does', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 9_999n, weightGrams: 1_200 });
    const { cartToken } = await baskets.add([{ variantId }]);
    const choose = (option: string) => baskets.change('chooseShippingOption', { cartToken, option });
    expect(await choose('express')).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'option'] });
    const addressed = await baskets.change('setCartAddress', {
      cartToken,
      address: { ...HOME, state: 'nj' },
      email: 'ada@example.org',
    });
    expect(addressed.cart.totals).toMatchObject({
      tax: { amount: '6.62' },
      total: { amount: '106.61' },
      taxMode: 'ADDED',
      taxLines: [{ name: 'NJ sales tax', rate: '0.06625', amount: { amount: '6.62' } }],
      roundingMode: 'HALF_AWAY_FROM_ZERO',
    });
    const { cart } = await choose('express');
    expect(cart.totals).toMatchObject({ shipping: { amount: '18.45' }, total: { amount: '125.06' } });
    expect(await choose('pigeon')).toMatchObject({ code: 'INVALID_INPUT' });
    const OPTIONS = `query ($cartToken: String, $address: PostalAddressInput) { cart(cartToken: $cartToken) {
      shippingOption { code } shippingOptions(address: $address) { code price { amount } } } }`;
    const abroad = await shop.orders.ask(OPTIONS, {
      cartToken,
      address: { ...HOME, city: 'Berlin', country: 'de' },
    });
    expect(abroad.data['cart']).toEqual({
      shippingOption: { code: 'express' },
      shippingOptions: [
        { code: 'standard', price: { amount: '21.95' } },
        { code: 'express', price: { amount: '48.95' } },
      ],
    });
    const bad = { cartToken, address: { ...HOME, country: 'Nowhere' } };
    expect(await baskets.change('setCartAddress', bad)).toMatchObject({
      path: ['input', 'address', 'country'],
    });
  });

  it('takes discount codes that are valid, and says why others are not', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 2_000n });
    const { cartToken } = await baskets.add([{ variantId }]);
    const apply = (code: string) =>
      shop.orders.ask(
        `mutation ($input: ApplyCouponInput!) { applyCoupon(input: $input) {
          ... on ApplyCouponSuccess { ${CART} } ... on CouponInvalid { code reason path } } }`,
        { input: { cartToken, code } },
      );
    const [tenth, rich] = [
      await baskets.coupon({ percent: 10 }),
      await baskets.coupon({ percent: 50, minimumMinor: '2001' }),
    ];
    const applied = (await apply(` ${tenth.code.toLowerCase()} `)).data['applyCoupon'];
    expect(applied.cart.totals).toMatchObject({ discount: { amount: '2.00' }, total: { amount: '18.00' } });
    expect(applied.cart.lines).toMatchObject([{ discount: { amount: '2.00' }, total: { amount: '18.00' } }]);
    const reasonOf = async (code: string) => (await apply(code)).data['applyCoupon'].reason as string;
    expect(await reasonOf(rich.code)).toBe('BELOW_MINIMUM');
    expect(await reasonOf('NO-SUCH-CODE')).toBe('UNKNOWN');
    const past = await baskets.coupon({ kind: 'FREE_SHIPPING', endsAt: '2026-01-01T00:00:00.000Z' });
    expect(await reasonOf(past.code)).toBe('ENDED');
    const without = await baskets.change('removeCoupon', { cartToken, code: tenth.code });
    expect(without.cart).toMatchObject({ coupons: [], totals: { discount: { amount: '0.00' } } });
  });

  it('is read in a few statements, however many lines it has', async () => {
    const lines = Array.from({ length: 30 }, () => ({ variantId: shop.catalog.sell().variantId }));
    const { cartToken } = await baskets.add(lines);
    shop.orders.statements.length = 0;
    const cart = await baskets.read(cartToken);
    expect(cart.lines).toHaveLength(30);
    expect(shop.orders.statements).toHaveLength(6);
    shop.orders.statements.length = 0;
    await baskets.add([{ variantId: lines[0]?.variantId }], { cartToken });
    expect(shop.orders.statements.length).toBeLessThanOrEqual(12);
  });
});
