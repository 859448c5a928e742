import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userErased } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { shopper } from '@storegraph/testkit';
import { closeCart } from '../src/carts/checkout-cart.action.js';
import { expireCarts } from '../src/carts/expire-carts.action.js';
import { basketsOf, mutation } from './basket.js';
import { openShop, type Shop } from './shop.js';

describe('a cart and who holds it', () => {
  let shop: Shop;
  let baskets: ReturnType<typeof basketsOf>;
  beforeAll(async () => {
    shop = await openShop();
    baskets = basketsOf(shop);
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  it('belongs to its customer, who has one, however many requests open it at once', async () => {
    const [ada, { variantId }] = [shopper(), shop.catalog.sell()];
    const added = await Promise.all(
      Array.from({ length: 6 }, () => baskets.add([{ variantId }], { viewer: ada })),
    );
    expect(new Set(added.map(({ cart }) => cart.id)).size).toBe(1);
    expect(added.every(({ cartToken }) => cartToken === null)).toBe(true);
    const cart = await baskets.read(null, ada);
    expect(cart).toMatchObject({ owner: { id: ada.id }, lines: [{ quantity: 6 }] });
    expect(await baskets.read(null, shopper())).toBeNull();
    expect(await baskets.read(null)).toBeNull();
    const USER = `query ($users: [_Any!]!) { _entities(representations: $users) { ... on User { cart { id } } } }`;
    const users = [{ __typename: 'User', id: ada.id }];
    expect((await shop.orders.ask(USER, { users }, ada)).data['_entities'][0].cart.id).toBe(cart.id);
    const spy = await shop.orders.ask(USER, { users }, shopper());
    expect([spy.code, spy.data['_entities'][0].cart]).toEqual(['FORBIDDEN', null]);
  });

  it('is found by its secret and by nothing else', async () => {
    const { variantId } = shop.catalog.sell();
    const { cart, cartToken } = await baskets.add([{ variantId }]);
    expect((await baskets.read(cartToken)).id).toBe(cart.id);
    const guessed = `${cartToken.startsWith('A') ? 'B' : 'A'}${cartToken.slice(1)}`;
    expect(await baskets.read(guessed)).toBeNull();
    const NODE = `query ($carts: [_Any!]!) { _entities(representations: $carts) { ... on Cart { id } } }`;
    const carts = [{ __typename: 'Cart', id: cart.id }];
    expect((await shop.orders.ask(NODE, { carts }, shopper())).data['_entities']).toEqual([null]);
    expect(await baskets.add([{ variantId }], { cartToken: 'guessed' })).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'cartToken'],
    });
  });

  it('merges into the cart of who signs in: lines add up, prices and codes stay, once', async () => {
    const [ada, wrap] = [shopper(), newId('optionValue')];
    const lamp = shop.catalog.sell({ priceMinor: 1_000n });
    const desk = shop.catalog.sell({ priceMinor: 5_000n, customizations: new Map([[wrap, 100n]]) });
    const { code } = await baskets.coupon({ percent: 10 });
    await baskets.add([{ variantId: lamp.variantId, quantity: 2 }], { viewer: ada });
    const { cartToken } = await baskets.add([
      { variantId: lamp.variantId, quantity: 3 },
      { variantId: desk.variantId, customizationValueIds: [wrap] },
    ]);
    await baskets.change('applyCoupon', { cartToken, code });
    desk.priceMinor = 9_000n;
    const merged = await Promise.all(
      [1, 2, 3].map(() => baskets.change('mergeCart', { cartToken }, { viewer: ada })),
    );
    expect(new Set(merged.map(({ cart }) => cart.id)).size).toBe(1);
    expect(merged[0].cart).toMatchObject({
      lines: [{ quantity: 5 }, { quantity: 1, unitPrice: { amount: '51.00' } }],
      coupons: [{ code, discount: { amount: '10.10' }, problem: null }],
      totals: { total: { amount: '90.90' } },
    });
    expect(await baskets.read(cartToken)).toBeNull();
    expect(await baskets.change('mergeCart', { cartToken }, { viewer: shopper() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await shop.orders.ask(mutation('mergeCart'), { input: { cartToken } })).code).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('is shown to others by a secret of its own, which changes nothing and tells no address', async () => {
    const { variantId } = shop.catalog.sell({ priceMinor: 1_500n });
    const { cartToken } = await baskets.add([{ variantId, quantity: 2 }]);
    const { shareToken } = await baskets.change('shareCart', { cartToken }, { more: 'shareToken' });
    const SHARED = `query ($token: String!) { sharedCart(shareToken: $token) {
      subtotal { amount } lines { quantity variant { id } } } }`;
    const { data } = await shop.orders.ask(SHARED, { token: shareToken });
    expect(data['sharedCart']).toEqual({
      subtotal: { amount: '30.00' },
      lines: [{ quantity: 2, variant: { id: variantId } }],
    });
    expect(await baskets.read(shareToken)).toBeNull();
    expect(await baskets.add([{ variantId }], { cartToken: shareToken })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('expires 30 days after it was last touched; a customer starts another', async () => {
    const [ada, { variantId }] = [shopper(), shop.catalog.sell()];
    const { cartToken } = await baskets.add([{ variantId }]);
    const own = await baskets.add([{ variantId }], { viewer: ada });
    shop.pass({ days: 29 });
    await baskets.add([{ variantId }], { cartToken });
    shop.pass({ days: 29 });
    expect((await baskets.read(cartToken)).lines).toHaveLength(1);
    expect(await baskets.read(null, ada)).toBeNull();
    const fresh = await baskets.add([{ variantId }], { viewer: ada });
    expect(fresh.cart.id).not.toBe(own.cart.id);
    shop.pass({ days: 2 });
    const expired = { __typename: 'CartExpired', code: 'CART_EXPIRED', path: ['input', 'cartToken'] };
    expect(await baskets.add([{ variantId }], { cartToken })).toEqual(expired);
    expect(await expireCarts(shop.deps)).toBeGreaterThan(0);
    expect(await baskets.change('removeCoupon', { cartToken, code: 'ANY' })).toEqual(expired);
  });

  it('is told to its holder after each change, and to nobody else', async () => {
    const { variantId } = shop.catalog.sell();
    const { cart, cartToken } = await baskets.add([{ variantId }]);
    const WATCH = `subscription ($cartToken: String) { cartUpdated(cartToken: $cartToken) { id version lines { quantity } } }`;
    const events = await shop.orders.subscribe(WATCH, { cartToken });
    const next = events.next();
    await baskets.add([{ variantId }], { cartToken });
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
    await baskets.add([{ variantId }], { viewer: ada });
    await shop.orders.receive('accounts', userErased({ aggregateId: ada.id, data: { userId: ada.id } }));
    expect(await baskets.read(null, ada)).toBeNull();
  });
});
