import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userErased } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Viewer } from '@storegraph/identity';
import { guest, shopper, staff } from '@storegraph/testkit';
import { closeCart } from '../src/carts/checkout-cart.action.js';
import { expireCarts } from '../src/carts/expire-carts.action.js';
import { openShop, type Shop } from './shop.js';

const CART = `cart { id version currency owner { id }
  lines { id quantity productName unitPrice { amount } unitPriceWhenAdded { amount } subtotal { amount }
    customizations { valueId priceAdjustment { amount } } variant { id } }
  coupons { code discount { amount } problem }
  totals { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount }
    taxMode taxLines { name rate amount { amount } } roundingMode }
  warnings { code lineId available } }`;
const ERRORS = `... on UserError { __typename code path }`;
const CONFLICT = '... on Conflict { currentVersion }';
const mutation = (name: string, more = '') => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation ($input: ${type}Input!) { ${name}(input: $input) {
    ... on ${type}Success { ${CART} ${more} } ${ERRORS} ${name === 'mergeCart' ? '' : CONFLICT} } }`;
};
const READ = `query ($cartToken: String) { ${CART.replace('cart {', 'cart(cartToken: $cartToken) {')} }`;
const HOME = { fullName: 'Ada L.', street: '1 Main St', city: 'Newark', zip: '07101', country: 'US' };

describe('a cart', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const change = async (name: string, input: object, { viewer = guest as Viewer, more = '' } = {}) => {
    const { data, errors } = await shop.orders.ask(mutation(name, more), { input }, viewer);
    expect(errors).toBeUndefined();
    return data[name];
  };
  const add = (lines: object[], given: { cartToken?: string; viewer?: Viewer } = {}) =>
    change(
      'addCartLines',
      { lines, cartToken: given.cartToken },
      { viewer: given.viewer ?? guest, more: 'cartToken' },
    );
  const read = async (cartToken: string | null, viewer: Viewer = guest) =>
    (await shop.orders.ask(READ, { cartToken }, viewer)).data['cart'];
  const coupon = async (given: object) => {
    const code = `C${newId('coupon').slice(-10)}`.toUpperCase();
    const { data } = await shop.orders.ask(
      `mutation ($input: SaveCouponInput!) { saveCoupon(input: $input) {
        ... on SaveCouponSuccess { coupon { id } } ... on UserError { message } } }`,
      { input: { code, kind: 'PERCENT', ...given } },
      staff(),
    );
    return { code, id: data['saveCoupon'].coupon.id as string };
  };

  it('costs 619.98 for two at 299.99 with a customization of 10.00 each', async () => {
    const wrap = newId('optionValue');
    const lamp = shop.catalog.sell({ priceMinor: 29_999n, customizations: new Map([[wrap, 1_000n]]) });
    const { cart, cartToken } = await add([
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
    const { cartToken } = await add([{ variantId, quantity: 1 }, { variantId }]);
    const { cart } = await add(
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
    expect(await add([{ variantId: newId('variant') }])).toEqual({
      __typename: 'NotFound',
      code: 'NOT_FOUND',
      path: ['input', 'lines', '0', 'variantId'],
    });
    expect(await add([{ variantId }, { variantId, quantity: 1_000 }])).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '1', 'quantity'],
    });
    for (const quantity of [0, -3]) expect(await add([{ variantId, quantity }])).toHaveProperty('code');
    const { cartToken } = await add([{ variantId, quantity: 999 }]);
    expect(await add([{ variantId }], { cartToken })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '0', 'quantity'],
    });
    expect(await add([{ variantId, customizationValueIds: ['nothing'] }])).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '0', 'customizationValueIds'],
    });
  });

  it('belongs to its customer, who has one, however many requests open it at once', async () => {
    const [ada, { variantId }] = [shopper(), shop.catalog.sell()];
    const added = await Promise.all(Array.from({ length: 6 }, () => add([{ variantId }], { viewer: ada })));
    expect(new Set(added.map(({ cart }) => cart.id)).size).toBe(1);
    expect(added.every(({ cartToken }) => cartToken === null)).toBe(true);
    const cart = await read(null, ada);
    expect(cart).toMatchObject({ owner: { id: ada.id }, lines: [{ quantity: 6 }] });
    expect(await read(null, shopper())).toBeNull();
    expect(await read(null)).toBeNull();
    const USER = `query ($users: [_Any!]!) { _entities(representations: $users) { ... on User { cart { id } } } }`;
    const users = [{ __typename: 'User', id: ada.id }];
    expect((await shop.orders.ask(USER, { users }, ada)).data['_entities'][0].cart.id).toBe(cart.id);
    const spy = await shop.orders.ask(USER, { users }, shopper());
    expect([spy.code, spy.data['_entities'][0].cart]).toEqual(['FORBIDDEN', null]);
  });

  it('is found by its secret and by nothing else', async () => {
    const { variantId } = shop.catalog.sell();
    const { cart, cartToken } = await add([{ variantId }]);
    expect((await read(cartToken)).id).toBe(cart.id);
    expect(await read(`${cartToken.slice(0, -1)}A`)).toBeNull();
    const NODE = `query ($carts: [_Any!]!) { _entities(representations: $carts) { ... on Cart { id } } }`;
    const carts = [{ __typename: 'Cart', id: cart.id }];
    expect((await shop.orders.ask(NODE, { carts }, shopper())).data['_entities']).toEqual([null]);
    expect(await add([{ variantId }], { cartToken: 'guessed' })).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'cartToken'],
    });
  });

  it('changes the quantity of a line and removes it, on the version that was looked at', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 1_999n });
    const { cart, cartToken } = await add([{ variantId }]);
    const lineId = cart.lines[0].id as string;
    const aim = { cartToken, lineId };
    const stale = { ...aim, quantity: 3, expectedVersion: cart.version - 1 };
    expect(await change('updateCartLine', stale)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: cart.version,
    });
    const updated = await change('updateCartLine', { ...aim, quantity: 3, expectedVersion: cart.version });
    expect(updated.cart).toMatchObject({
      version: cart.version + 1,
      totals: { total: { amount: '59.97' } },
    });
    expect((await change('removeCartLine', aim)).cart.lines).toEqual([]);
    expect(await change('removeCartLine', aim)).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'lineId'],
    });
  });

  it('shows its state after each of two changes in one operation', async () => {
    const { variantId } = shop.catalog.sell();
    const { cart, cartToken } = await add([{ variantId }]);
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
    const { cart, cartToken } = await add([{ variantId: lamp.variantId, quantity: 2 }]);
    lamp.priceMinor = 2_500n;
    expect((await read(cartToken)).totals.total.amount).toBe('40.00');
    shop.pass({ minutes: 16 });
    shop.catalog.goAway();
    expect((await read(cartToken)).totals.total.amount).toBe('40.00');
    shop.catalog.comeBack();
    const repriced = await read(cartToken);
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
    const { cart } = await add([
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
    const { cartToken } = await add([{ variantId }]);
    const choose = (option: string) => change('chooseShippingOption', { cartToken, option });
    expect(await choose('express')).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'option'] });
    const addressed = await change('setCartAddress', {
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
    expect(await change('setCartAddress', bad)).toMatchObject({ path: ['input', 'address', 'country'] });
  });

  it('merges into the cart of who signs in: lines add up, prices and codes stay, once', async () => {
    const [ada, wrap] = [shopper(), newId('optionValue')];
    const lamp = shop.catalog.sell({ priceMinor: 1_000n });
    const desk = shop.catalog.sell({ priceMinor: 5_000n, customizations: new Map([[wrap, 100n]]) });
    const { code } = await coupon({ percent: 10 });
    await add([{ variantId: lamp.variantId, quantity: 2 }], { viewer: ada });
    const { cartToken } = await add([
      { variantId: lamp.variantId, quantity: 3 },
      { variantId: desk.variantId, customizationValueIds: [wrap] },
    ]);
    await change('applyCoupon', { cartToken, code });
    desk.priceMinor = 9_000n;
    const merged = await Promise.all(
      [1, 2, 3].map(() => change('mergeCart', { cartToken }, { viewer: ada })),
    );
    expect(new Set(merged.map(({ cart }) => cart.id)).size).toBe(1);
    expect(merged[0].cart).toMatchObject({
      lines: [{ quantity: 5 }, { quantity: 1, unitPrice: { amount: '51.00' } }],
      coupons: [{ code, discount: { amount: '10.10' }, problem: null }],
      totals: { total: { amount: '90.90' } },
    });
    expect(await read(cartToken)).toBeNull();
    expect(await change('mergeCart', { cartToken }, { viewer: shopper() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await shop.orders.ask(mutation('mergeCart'), { input: { cartToken } })).code).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('takes discount codes that are valid, and says why others are not', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 2_000n });
    const { cartToken } = await add([{ variantId }]);
    const apply = (code: string) =>
      shop.orders.ask(
        `mutation ($input: ApplyCouponInput!) { applyCoupon(input: $input) {
          ... on ApplyCouponSuccess { ${CART} } ... on CouponInvalid { code reason path } } }`,
        { input: { cartToken, code } },
      );
    const [tenth, rich] = [
      await coupon({ percent: 10 }),
      await coupon({ percent: 50, minimumMinor: '2001' }),
    ];
    const applied = (await apply(` ${tenth.code.toLowerCase()} `)).data['applyCoupon'];
    expect(applied.cart.totals).toMatchObject({ discount: { amount: '2.00' }, total: { amount: '18.00' } });
    const reasonOf = async (code: string) => (await apply(code)).data['applyCoupon'].reason as string;
    expect(await reasonOf(rich.code)).toBe('BELOW_MINIMUM');
    expect(await reasonOf('NO-SUCH-CODE')).toBe('UNKNOWN');
    const past = await coupon({ kind: 'FREE_SHIPPING', endsAt: '2026-01-01T00:00:00.000Z' });
    expect(await reasonOf(past.code)).toBe('ENDED');
    const without = await change('removeCoupon', { cartToken, code: tenth.code });
    expect(without.cart).toMatchObject({ coupons: [], totals: { discount: { amount: '0.00' } } });
  });

  it('is shown to others by a secret of its own, which changes nothing and tells no address', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 1_500n });
    const { cartToken } = await add([{ variantId, quantity: 2 }]);
    const { shareToken } = await change('shareCart', { cartToken }, { more: 'shareToken' });
    const SHARED = `query ($token: String!) { sharedCart(shareToken: $token) {
      subtotal { amount } lines { quantity variant { id } } } }`;
    const { data } = await shop.orders.ask(SHARED, { token: shareToken });
    expect(data['sharedCart']).toEqual({
      subtotal: { amount: '30.00' },
      lines: [{ quantity: 2, variant: { id: variantId } }],
    });
    expect(await read(shareToken)).toBeNull();
    expect(await add([{ variantId }], { cartToken: shareToken })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('expires 30 days after it was last touched; a customer starts another', async () => {
    const [ada, { variantId }] = [shopper(), shop.catalog.sell()];
    const { cartToken } = await add([{ variantId }]);
    const own = await add([{ variantId }], { viewer: ada });
    shop.pass({ days: 29 });
    await add([{ variantId }], { cartToken });
    shop.pass({ days: 29 });
    expect((await read(cartToken)).lines).toHaveLength(1);
    expect(await read(null, ada)).toBeNull();
    const fresh = await add([{ variantId }], { viewer: ada });
    expect(fresh.cart.id).not.toBe(own.cart.id);
    shop.pass({ days: 2 });
    const expired = { __typename: 'CartExpired', code: 'CART_EXPIRED', path: ['input', 'cartToken'] };
    expect(await add([{ variantId }], { cartToken })).toEqual(expired);
    expect(await expireCarts(shop.deps)).toBeGreaterThan(0);
    expect(await change('removeCoupon', { cartToken, code: 'ANY' })).toEqual(expired);
  });

  it('is told to its holder after each change, and to nobody else', async () => {
    const { variantId } = shop.catalog.sell();
    const { cart, cartToken } = await add([{ variantId }]);
    const WATCH = `subscription ($cartToken: String) { cartUpdated(cartToken: $cartToken) { id version lines { quantity } } }`;
    const events = await shop.orders.subscribe(WATCH, { cartToken });
    const next = events.next();
    await add([{ variantId }], { cartToken });
    expect((await next).value.data).toEqual({
      cartUpdated: { id: cart.id, version: cart.version + 1, lines: [{ quantity: 2 }] },
    });
    const last = events.next();
    const now = shop.deps.now();
    await shop.deps.prisma.$transaction((tx) => closeCart(tx, { cartId: cart.id as string, now }));
    await shop.deps.pubsub.publish(`cart.updated:${cart.id as string}`, { cartId: cart.id });
    expect((await last).value.data['cartUpdated'].version).toBe((cart.version as number) + 2);
    await events.return?.();
    const stranger = await shop.orders.subscribe(WATCH, { cartToken: 'guessed' }, shopper());
    expect((await stranger.next()).value.code).toBe('FORBIDDEN');
  });

  it('is forgotten with its owner', async () => {
    const [ada, { variantId }] = [shopper(), shop.catalog.sell()];
    await add([{ variantId }], { viewer: ada });
    await shop.orders.receive('accounts', userErased({ aggregateId: ada.id, data: { userId: ada.id } }));
    expect(await read(null, ada)).toBeNull();
  });

  it('is read in a few statements, however many lines it has', async () => {
    const lines = Array.from({ length: 30 }, () => ({ variantId: shop.catalog.sell().variantId }));
    const { cartToken } = await add(lines);
    shop.orders.statements.length = 0;
    const cart = await read(cartToken);
    expect(cart.lines).toHaveLength(30);
    expect(shop.orders.statements).toHaveLength(5);
    shop.orders.statements.length = 0;
    await add([{ variantId: lines[0]?.variantId }], { cartToken });
    expect(shop.orders.statements.length).toBeLessThanOrEqual(12);
  });
});
