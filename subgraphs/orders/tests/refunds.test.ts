import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { seller, shopper } from '@storegraph/testkit';
import { reconcilePayments } from '../src/payments/reconcile-payments.action.js';
import type { Goods } from './catalog-stand-in.js';
import { clerk, openTill, type Till } from './till.js';

const key = () => newId('event');

describe('money that goes back', () => {
  let till: Till;
  beforeAll(async () => {
    till = await openTill();
  });
  afterAll(() => till[Symbol.asyncDispose]());

  const paid = async (goods: Goods, quantity = 1, paymentMethod = 'pm_card_visa') => {
    const order = await till.order(goods, { quantity });
    const { id: orderId, guestToken } = order;
    const result = await till.call('payOrder', { orderId, guestToken, paymentMethod, idempotencyKey: key() });
    return { ...result.order, guestToken };
  };
  const refund = (order: { id: string }, given: object) =>
    till.call('refundOrder', { orderId: order.id, idempotencyKey: key(), ...given }, clerk);

  it('is never more than came, though fifty ask at once', async () => {
    const order = await paid(await till.goods(5), 2);
    const results = await Promise.all(Array.from({ length: 50 }, () => refund(order, { amount: '3.00' })));
    const made = results.filter((result) => result.__typename === 'RefundOrderSuccess');
    expect(made).toHaveLength(8);
    expect(results.filter((result) => result.code === 'INVALID_INPUT')).toHaveLength(42);
    await till.settled();
    await till.audit();
  });

  it('goes back once per key, and its goods return to the shelf once', async () => {
    const lamp = await till.goods(5);
    const order = await paid(lamp, 3);
    const lines = [{ orderLineId: order.lines[0].id, quantity: 2 }];
    const wish = { lines, restock: true, idempotencyKey: key() };
    const results = await Promise.all(Array.from({ length: 10 }, () => refund(order, wish)));
    expect(new Set(results.map((result) => result.refund.id)).size).toBe(1);
    expect(results.filter((result) => !result.replayed)).toHaveLength(1);
    expect(await refund(order, { ...wish, restock: false })).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect(await refund(order, { lines })).toMatchObject({ path: ['input', 'lines', '0', 'quantity'] });
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 4, sold: 1 }]);
    await till.settled();
    await till.audit();
  });

  it('needs the scope, and an order that was paid', async () => {
    const order = await till.order(await till.goods(1));
    const wish = { orderId: order.id, amount: '1.00', idempotencyKey: key() };
    expect(await till.refusal('refundOrder', wish, shopper())).toBe('FORBIDDEN');
    expect(await till.call('refundOrder', wish, clerk)).toMatchObject({
      message: 'It has not been paid for.',
    });
    expect(await refund(order, { amount: '-1.00' })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('follows the cancelling of a paid order, with all of its goods', async () => {
    const lamp = await till.goods(4);
    const order = await paid(lamp, 3);
    const cancelled = await till.call('cancelOrder', { orderId: order.id, guestToken: order.guestToken });
    expect(cancelled.order).toMatchObject({
      status: 'CANCELLED',
      refunds: [{ status: 'SUCCEEDED', amount: { minor: '3595' } }],
    });
    expect(await till.levels(lamp.variantId)).toMatchObject([{ available: 4, reserved: 0, sold: 0 }]);
    await till.settled();
    await till.audit();
  });

  it('is not given by cancelling once a parcel has left', async () => {
    const order = await paid(await till.goods(1));
    await till.call('shipOrder', { orderId: order.id, carrier: 'UPS' }, clerk);
    const { id: orderId, guestToken } = order;
    expect(await till.call('cancelOrder', { orderId, guestToken })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'SHIPPED',
    });
  });

  it('counts as ours again when the bank sends it back', async () => {
    const order = await paid(await till.goods(1), 1, 'pm_card_refundFail');
    expect((await refund(order, {})).refund.status).toBe('SUCCEEDED');
    await expect
      .poll(async () => {
        const { rows } = await till.orders.subgraph.pool.query(
          'SELECT status FROM refunds WHERE order_id = $1',
          [order.id],
        );
        return rows[0]?.status as string;
      })
      .toBe('FAILED');
    await till.settled();
    await till.audit();
  });

  it('is on its way while the provider is away, and arrives once it is back', async () => {
    const order = await paid(await till.goods(1));
    till.sandbox.faults.set({ loseAnswersShare: 1 });
    expect((await refund(order, {})).refund.status).toBe('PENDING');
    till.sandbox.faults.set({ loseAnswersShare: 0, serverErrorShare: 0.8 });
    for (let rounds = 0; rounds < 4; rounds += 1) {
      till.pass({ minutes: 60 * 24 });
      await reconcilePayments(till.deps);
    }
    till.sandbox.faults.clear();
    till.pass({ minutes: 60 * 24 });
    await reconcilePayments(till.deps);
    await till.settled();
    const { rows } = await till.orders.subgraph.pool.query('SELECT status FROM refunds WHERE order_id = $1', [
      order.id,
    ]);
    expect(rows).toEqual([{ status: 'SUCCEEDED' }]);
    await till.audit();
  }, 60_000);

  it('leaves parcels to who sold their contents', async () => {
    const [ada, ben] = [seller(), seller()];
    const [lamp, chair] = [
      await till.goods(1, { sellerId: ada.sellerId }),
      await till.goods(1, { sellerId: ben.sellerId }),
    ];
    const cartToken = await till.cart([lamp, chair]);
    const { order, guestToken } = await till.call('placeOrder', { cartToken, idempotencyKey: key() });
    const parcel = { orderId: order.id, carrier: 'UPS' };
    expect(await till.call('shipOrder', parcel, ada)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const pay = { orderId: order.id, guestToken, paymentMethod: 'pm_card_visa', idempotencyKey: key() };
    await till.call('payOrder', pay);
    expect(await till.refusal('shipOrder', parcel, seller())).toBe('FORBIDDEN');
    expect((await till.call('shipOrder', parcel, ada)).order.status).toBe('PARTIALLY_SHIPPED');
    expect((await till.call('shipOrder', parcel, ada)).code).toBe('INVALID_INPUT');
    expect((await till.call('shipOrder', parcel, ben)).order.status).toBe('SHIPPED');
  });
});
