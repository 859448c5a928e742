import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisPubSub } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { hasRedisServer, OwnRedis, shopper } from '@storegraph/testkit';
import { followOrder } from '../src/orders/follow-order.action.js';
import { clerk, openTill, type Till } from './till.js';

const key = () => newId('event');
const FOLLOW = `subscription ($orderId: ID!, $afterSequence: Int, $guestToken: String) {
  orderStatusChanged(orderId: $orderId, afterSequence: $afterSequence, guestToken: $guestToken) {
    event { sequence status notes } order { id status lines { quantity } } } }`;

describe('following an order', () => {
  let till: Till;
  beforeAll(async () => {
    till = await openTill();
  });
  afterAll(() => till[Symbol.asyncDispose]());

  const note = (orderId: string, text: string) => till.call('addOrderNote', { orderId, note: text }, clerk);
  const pay = ({ id, guestToken }: { id: string; guestToken?: string }) =>
    till.call('payOrder', { orderId: id, guestToken, paymentMethod: 'pm_card_visa', idempotencyKey: key() });

  it('tells what happens, in order, and what was missed while away', async () => {
    const { id: orderId, guestToken } = await till.order(await till.goods(1));
    const live = await till.orders.subscribe(FOLLOW, { orderId, guestToken });
    const first = live.next();
    await pay({ id: orderId, guestToken });
    expect((await first).value.data.orderStatusChanged).toEqual({
      event: { sequence: 2, status: 'PAID', notes: null },
      order: { id: orderId, status: 'PAID', lines: [{ quantity: 1 }] },
    });
    await live.return?.();

    await note(orderId, 'Packed by Ben.');
    await till.call('transitionOrder', { orderId, to: 'PROCESSING' }, clerk);
    const again = await till.orders.subscribe(FOLLOW, { orderId, guestToken, afterSequence: 2 });
    await till.call('shipOrder', { orderId, carrier: 'UPS' }, clerk);
    const seen = [];
    for (let index = 0; index < 3; index += 1) {
      const { value } = await again.next();
      seen.push([value.data.orderStatusChanged.event.sequence, value.data.orderStatusChanged.event.status]);
    }
    expect(seen).toEqual([
      [3, 'PAID'],
      [4, 'PROCESSING'],
      [5, 'SHIPPED'],
    ]);
    await again.return?.();
  });

  it('loses nothing and repeats nothing while fifty things happen', async () => {
    const { id: orderId, guestToken } = await till.order(await till.goods(1));
    const live = await till.orders.subscribe(FOLLOW, { orderId, guestToken, afterSequence: 0 });
    const happening = Promise.all(Array.from({ length: 50 }, (_, index) => note(orderId, `Note ${index}`)));
    const sequences: number[] = [];
    while (sequences.length < 51) {
      const { value } = await live.next();
      sequences.push(value.data.orderStatusChanged.event.sequence);
    }
    await happening;
    expect(sequences).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
    await live.return?.();
  });

  it('goes on by looking when live news get lost', async () => {
    const { id: orderId, guestToken } = await till.order(await till.goods(1));
    const live = await till.orders.subscribe(FOLLOW, { orderId, guestToken });
    const next = live.next();
    await till.orders.subgraph.pool.query(
      `INSERT INTO order_events (id, order_id, sequence, status, at) VALUES ($1, $2, 2, 'AWAITING_PAYMENT', now())`,
      [newId('orderEvent'), orderId],
    );
    expect((await next).value.data.orderStatusChanged.event.sequence).toBe(2);
    await live.return?.();
  });

  it.skipIf(!hasRedisServer)(
    'begins while live news are away, and catches up as soon as they are back',
    { timeout: 20_000 },
    async () => {
      await using redis = await OwnRedis.start();
      const { id: orderId } = await till.order(await till.goods(1));
      const pubsub = createRedisPubSub({ redisUrl: redis.url });
      try {
        await redis.kill();
        const live = await followOrder({ ...till.deps, pubsub }, { orderId, afterSequence: 0 });
        expect((await live.next()).value?.sequence).toBe(1);
        const next = live.next();
        // Nobody will tell of it: the shop's own news do not go over this Redis.
        await note(orderId, 'Written while nobody could hear it.');
        await new Promise((resolve) => setTimeout(resolve, 200));
        const from = Date.now();
        await redis.start();
        expect((await next).value?.sequence).toBe(2);
        expect(Date.now() - from).toBeLessThan(3_500);
        await live.return?.();
      } finally {
        await pubsub.close();
      }
    },
  );

  it('ends when nothing more will happen', async () => {
    const { id: orderId, guestToken } = await till.order(await till.goods(1));
    const live = await till.orders.subscribe(FOLLOW, { orderId, guestToken, afterSequence: 1 });
    const next = live.next();
    await till.call('cancelOrder', { orderId, guestToken });
    expect((await next).value.data.orderStatusChanged.event.status).toBe('CANCELLED');
    expect((await live.next()).done).toBe(true);
  });

  it('lets go at once while nothing happens', async () => {
    const { id: orderId, guestToken } = await till.order(await till.goods(1));
    const live = await till.orders.subscribe(FOLLOW, { orderId, guestToken });
    const waiting = live.next();
    const from = Date.now();
    await live.return?.();
    expect((await waiting).done).toBe(true);
    expect(Date.now() - from).toBeLessThan(1_000);
  });

  it('is for its parties only', async () => {
    const { id: orderId } = await till.order(await till.goods(1));
    const refused = await till.orders.subscribe(FOLLOW, { orderId }, shopper());
    expect((await refused.next()).value.code).toBe('FORBIDDEN');
    const secretless = await till.orders.subscribe(FOLLOW, { orderId });
    expect((await secretless.next()).value.code).toBe('UNAUTHENTICATED');
  });
});
