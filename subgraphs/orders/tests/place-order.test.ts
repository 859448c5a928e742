import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { guest, shopper, staff } from '@storegraph/testkit';
import { clerk, HOME, openTill, type Till } from './till.js';

const key = () => newId('event');

describe('an order', () => {
  let till: Till;
  beforeAll(async () => {
    till = await openTill();
  });
  afterAll(() => till[Symbol.asyncDispose]());

  it('goes from the cart through payment and parcel to the door, and half of it back', async () => {
    const ada = shopper();
    const lamp = await till.goods(5, { priceMinor: 2_000n });
    await till.call('addCartLines', { lines: [{ variantId: lamp.variantId, quantity: 2 }] }, ada);
    const reserved = await till.call(
      'reserveCheckout',
      { email: 'ada@example.com', shippingAddress: HOME, shippingOptionId: 'standard' },
      ada,
    );
    expect(reserved.cart.totals.total.minor).toBe('4595');
    expect(new Date(reserved.cart.reservedUntil).getTime()).toBeGreaterThan(Date.now() + 14 * 60_000);
    expect((await till.levels(lamp.variantId))[0]).toMatchObject({ available: 3, reserved: 2, sold: 0 });

    const placed = await till.call('placeOrder', { idempotencyKey: key(), expectedTotal: '45.95' }, ada);
    expect(placed).toMatchObject({ replayed: false, guestToken: null, publishableKey: 'pk_test_of_tests' });
    expect(placed.clientSecret).toMatch(/^pi_.*_secret_/);
    expect(placed.order).toMatchObject({ status: 'AWAITING_PAYMENT', customer: { id: ada.id } });
    expect(placed.order.number).toMatch(/^SG-\d{4}-\d{6}$/);
    expect((await till.levels(lamp.variantId))[0]).toMatchObject({ available: 3, reserved: 2 });

    const { id: orderId, lines } = placed.order;
    const paid = await till.call(
      'payOrder',
      { orderId, paymentMethod: 'pm_card_visa', idempotencyKey: key() },
      ada,
    );
    expect(paid.order).toMatchObject({ status: 'PAID', paymentStatus: 'CAPTURED' });
    expect((await till.levels(lamp.variantId))[0]).toMatchObject({ available: 3, reserved: 0, sold: 2 });

    const [line] = lines;
    const parcel = (quantity: number) => ({
      orderId,
      lines: [{ orderLineId: line.id, quantity }],
      carrier: 'UPS',
      trackingNumber: '1Z',
    });
    expect((await till.call('shipOrder', parcel(1), clerk)).order.status).toBe('PARTIALLY_SHIPPED');
    expect(await till.call('shipOrder', parcel(2), clerk)).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'lines', '0', 'quantity'],
    });
    expect((await till.call('shipOrder', { orderId, carrier: 'UPS' }, clerk)).order.status).toBe('SHIPPED');
    expect((await till.call('deliverOrder', { orderId }, clerk)).order.status).toBe('DELIVERED');

    const refund = {
      orderId,
      lines: [{ orderLineId: line.id, quantity: 1 }],
      restock: true,
      idempotencyKey: key(),
    };
    const back = await till.call('refundOrder', refund, clerk);
    expect(back.refund).toMatchObject({ status: 'SUCCEEDED', amount: { minor: '2000' } });
    expect(back.order).toMatchObject({ status: 'PARTIALLY_REFUNDED', paymentStatus: 'PARTIALLY_REFUNDED' });
    expect((await till.levels(lamp.variantId))[0]).toMatchObject({ available: 4, sold: 1 });

    const rest = await till.call('refundOrder', { orderId, idempotencyKey: key() }, clerk);
    expect(rest.order).toMatchObject({
      status: 'REFUNDED',
      paymentStatus: 'REFUNDED',
      allowedTransitions: [],
    });
    expect(rest.order.timeline.map((event: { status: string }) => event.status)).toEqual([
      'AWAITING_PAYMENT',
      'PAID',
      'PARTIALLY_SHIPPED',
      'SHIPPED',
      'DELIVERED',
      'PARTIALLY_REFUNDED',
      'REFUNDED',
    ]);
    await till.settled();
    await till.audit();
  });

  it('is kept by a guest through its secret, and by nobody else', async () => {
    const lamp = await till.goods(3);
    const order = await till.order(lamp);
    const READ =
      'query ($id: ID, $number: String, $guestToken: String) { order(id: $id, number: $number, guestToken: $guestToken) { id } }';
    const read = (variables: object, viewer = guest as Parameters<Till['orders']['ask']>[2]) =>
      till.orders.ask(READ, { ...variables }, viewer);
    const { id, number, guestToken } = order;
    expect((await read({ id, guestToken })).data['order']).toEqual({ id });
    expect((await read({ number, guestToken })).data['order']).toEqual({ id });
    expect((await read({ id, guestToken: 'a'.repeat(43) })).code).toBe('UNAUTHENTICATED');
    expect((await read({ id })).code).toBe('UNAUTHENTICATED');
    expect((await read({ id }, shopper())).code).toBe('FORBIDDEN');
    expect((await read({ id }, staff())).data['order']).toEqual({ id });
    const ENTITY = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { number } } }';
    const of = [{ __typename: 'Order', id }];
    expect((await till.orders.ask(ENTITY, { of }, shopper())).data['_entities']).toEqual([null]);
    expect((await till.orders.ask(ENTITY, { of }, staff())).data['_entities']).toEqual([{ number }]);
    const pay = { orderId: id, paymentMethod: 'pm_card_visa', idempotencyKey: key() };
    expect(await till.refusal('payOrder', pay)).toBe('UNAUTHENTICATED');
    expect((await till.call('payOrder', { ...pay, guestToken })).order.status).toBe('PAID');
  });
});
