import { describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { hashOfToken, newSecretToken } from '../src/carts/secret-token.js';
import { clerk, openTill, type Till } from './till.js';

const key = () => newId('event');
const kinds = (results: { __typename: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { __typename } of results) counts[__typename] = (counts[__typename] ?? 0) + 1;
  return counts;
};
const times = <Value>(count: number, make: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** All of them, so many at a time: what one process lets in. */
async function atOnce<Item, Value>(
  most: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const results: Value[] = [];
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}

/** So many equal carts: the first is filled through the graph, the others are copies of it. */
async function carts(till: Till, count: number, first: string | undefined): Promise<string[]> {
  const tokens = Array.from({ length: count }, newSecretToken);
  const copies = tokens.map((token) => [newId('cart'), hashOfToken(token)] as const);
  const { pool } = till.orders.subgraph;
  const hash = hashOfToken(first ?? '');
  const given = [copies.map(([id]) => id), copies.map(([, tokenHash]) => tokenHash), hash];
  const copied = `FROM carts AS cart, unnest($1::text[], $2::text[]) AS copy (id, token_hash)`;
  await pool.query(
    `INSERT INTO carts (id, token_hash, status, currency, email, shipping_address, shipping_option, created_at,
      updated_at, expires_at) SELECT copy.id, copy.token_hash, status, currency, email, shipping_address,
      shipping_option, created_at, updated_at, expires_at ${copied} WHERE cart.token_hash = $3`,
    given,
  );
  await pool.query(
    `INSERT INTO cart_lines SELECT (jsonb_populate_record(line, jsonb_build_object(
      'id', line.id || copy.id, 'cart_id', copy.id))).*
      ${copied.replace('cart,', 'cart JOIN cart_lines AS line ON line.cart_id = cart.id,')}
      WHERE cart.token_hash = $3 AND copy.token_hash IS NOT NULL`,
    given,
  );
  await pool.query(
    `INSERT INTO cart_coupons SELECT copy.id, applied.coupon_id, applied.applied_at
      ${copied.replace('cart,', 'cart JOIN cart_coupons AS applied ON applied.cart_id = cart.id,')}
      WHERE cart.token_hash = $3 AND copy.token_hash IS NOT NULL`,
    given,
  );
  return tokens;
}

describe('buyers who come at once', () => {
  it('buy ten of ten, two hundred of them, and the others are told', async () => {
    await using till = await openTill({ poolSize: 10 });
    const lamp = await till.goods(10);
    const tokens = await carts(till, 200, await till.cart([lamp]));
    const results = await atOnce(100, tokens, (cartToken) =>
      till.call('placeOrder', { cartToken, idempotencyKey: key() }),
    );
    expect(kinds(results)).toEqual({ PlaceOrderSuccess: 10, OutOfStock: 190 });
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 0, reserved: 10, sold: 0 }]);
    await till.settled();
    await till.audit();
  }, 90_000);

  it('never deadlock, with two lines of one thing and the same things in another order', async () => {
    await using till = await openTill();
    const [lamp, chair] = [await till.goods(30), await till.goods(30)];
    const forth = await carts(till, 20, await till.cart([lamp, chair, lamp]));
    const back = await carts(till, 20, await till.cart([chair, lamp, chair, lamp]));
    const results = await Promise.all(
      [...forth, ...back].map((cartToken) => till.call('placeOrder', { cartToken, idempotencyKey: key() })),
    );
    const { PlaceOrderSuccess: placed = 0, OutOfStock: refused = 0 } = kinds(results);
    expect(placed + refused).toBe(40);
    const [left] = await till.levels(lamp.variantId);
    expect(left?.available).toBeLessThan(2);
    await till.settled();
    await till.audit();
  });

  it('who send one order fifty times get one order, one intent and one answer', async () => {
    await using till = await openTill();
    const lamp = await till.goods(60);
    const cartToken = await till.cart([lamp]);
    const wish = { cartToken, idempotencyKey: key() };
    const results = await times(50, () => till.call('placeOrder', wish));
    expect(kinds(results)).toEqual({ PlaceOrderSuccess: 50 });
    expect(new Set(results.map((result) => result.order.id)).size).toBe(1);
    expect(new Set(results.map((result) => result.clientSecret)).size).toBe(1);
    expect(new Set(results.map((result) => result.guestToken)).size).toBe(1);
    expect(results.filter((result) => result.replayed)).toHaveLength(49);
    expect(till.sandbox.books.intents()).toHaveLength(1);
    expect(await till.call('placeOrder', { ...wish, notes: 'Ring twice.' })).toMatchObject({
      __typename: 'IdempotencyMismatch',
      code: 'IDEMPOTENCY_MISMATCH',
    });
    till.pass({ minutes: 24 * 60 });
    const { id } = results[0].order;
    expect(await till.call('placeOrder', wish)).toMatchObject({ replayed: true, order: { id } });
  });

  it('use a coupon for one only once, a hundred of them', async () => {
    await using till = await openTill();
    const lamp = await till.goods(200, { priceMinor: 5_000n });
    const code = 'ONLYONCE';
    await till.call('saveCoupon', { code, kind: 'PERCENT', percent: 50, usageLimit: 1 }, clerk);
    const first = await till.cart([lamp]);
    expect((await till.call('applyCoupon', { cartToken: first, code })).__typename).toBe(
      'ApplyCouponSuccess',
    );
    const tokens = await carts(till, 100, first);
    const results = await Promise.all(
      tokens.map((cartToken) => till.call('placeOrder', { cartToken, idempotencyKey: key() })),
    );
    expect(kinds(results)).toEqual({ PlaceOrderSuccess: 1, CouponInvalid: 99 });
    await till.settled();
    await till.audit();
  });

  it('get their coupon and their stock back, once, when nobody pays', async () => {
    await using till = await openTill();
    const lamp = await till.goods(2, { priceMinor: 5_000n });
    await till.call('saveCoupon', { code: 'FEW', kind: 'PERCENT', percent: 50, usageLimit: 1 }, clerk);
    const cartToken = await till.cart([lamp]);
    expect((await till.call('applyCoupon', { cartToken, code: 'FEW' })).__typename).toBe(
      'ApplyCouponSuccess',
    );
    const { order, guestToken } = await till.call('placeOrder', { cartToken, idempotencyKey: key() });
    const cancel = { orderId: order.id, guestToken, reason: 'Changed my mind.' };
    const results = await times(10, () => till.call('cancelOrder', cancel));
    expect(results.map((result) => result.order.status)).toEqual(Array(10).fill('CANCELLED'));
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 2, reserved: 0, sold: 0 }]);
    const pay = { orderId: order.id, guestToken, paymentMethod: 'pm_card_visa', idempotencyKey: key() };
    expect(await till.call('payOrder', pay)).toMatchObject({ code: 'ILLEGAL_TRANSITION', from: 'CANCELLED' });
    const again = await till.cart([lamp]);
    await till.call('applyCoupon', { cartToken: again, code: 'FEW' });
    expect((await till.call('placeOrder', { cartToken: again, idempotencyKey: key() })).__typename).toBe(
      'PlaceOrderSuccess',
    );
    await till.settled();
    await till.audit();
  });

  it('pay the price they were shown, or nothing is ordered', async () => {
    await using till = await openTill();
    const lamp = await till.goods(9, { priceMinor: 1_000n });
    const cartToken = await till.cart([lamp]);
    const wish = { cartToken, idempotencyKey: key() };
    expect(await till.call('placeOrder', { ...wish, expectedTotal: '1.00' })).toMatchObject({
      code: 'PRICE_CHANGED',
      cart: { totals: { total: { amount: '15.95' } } },
    });
    lamp.priceMinor = 1_100n;
    till.pass({ minutes: 16 });
    expect(await till.call('placeOrder', wish)).toMatchObject({
      code: 'PRICE_CHANGED',
      cart: { totals: { total: { amount: '16.95' } } },
    });
    const placed = await till.call('placeOrder', { ...wish, expectedTotal: '16.95' });
    expect(placed.order.totals.total.minor).toBe('1695');
    await till.audit();
  });

  it('owe nothing for what costs nothing', async () => {
    await using till = await openTill();
    const leaflet = await till.goods(3, { priceMinor: 0n, requiresShipping: false });
    const cartToken = await till.cart([leaflet]);
    const placed = await till.call('placeOrder', { cartToken, idempotencyKey: key() });
    expect(placed).toMatchObject({ clientSecret: null, order: { status: 'PAID', payments: [] } });
    expect(await till.levels(leaflet.variantId)).toMatchObject([{ available: 2, sold: 1 }]);
    expect(till.sandbox.books.intents()).toHaveLength(0);
    await till.audit();
  });
});
