import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { expireReservations } from '../src/stock/expire-reservations.action.js';
import { restock } from '../src/stock/restock.action.js';
import { commitReservation, releaseReservation } from '../src/stock/settle-reservation.action.js';
import { openShop, type Shop } from './shop.js';

describe('a reservation', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 8 });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const variant = () => newId('variant');
  const commit = (reservationId: string) =>
    shop.deps.prisma.$transaction((tx) => commitReservation(tx, { reservationId, now: shop.deps.now() }));
  const release = (reservationId: string) =>
    shop.deps.prisma.$transaction((tx) => releaseReservation(tx, { reservationId, now: shop.deps.now() }));

  it('gives 10 units to exactly 10 of 200 checkouts at once', async () => {
    const lamp = variant();
    await shop.stock(lamp, 10);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => shop.hold([{ variantId: lamp, quantity: 1 }])),
    );
    expect(outcomes.filter(({ kind }) => kind === 'held')).toHaveLength(10);
    expect(outcomes.find(({ kind }) => kind === 'out-of-stock')).toEqual({
      kind: 'out-of-stock',
      lines: [{ variantId: lamp, requested: 1, available: 0 }],
    });
    expect(await shop.levels(lamp)).toMatchObject([{ available: 0, reserved: 10, sold: 0 }]);
  });

  it('holds carts that name the same variants in opposite order without a deadlock', async () => {
    const [lamp, desk] = [variant(), variant()];
    await shop.stock(lamp, 60);
    await shop.stock(desk, 60);
    const one = { variantId: lamp, quantity: 1 };
    const other = { variantId: desk, quantity: 1 };
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => shop.hold(index % 2 === 0 ? [one, other] : [other, one])),
    );
    expect(outcomes.filter(({ kind }) => kind === 'held')).toHaveLength(60);
    for (const id of [lamp, desk])
      expect(await shop.levels(id)).toMatchObject([{ available: 0, reserved: 60 }]);
  });

  it('counts two lines of one variant together', async () => {
    const lamp = variant();
    await shop.stock(lamp, 5);
    const twice = (quantity: number) => [
      { variantId: lamp, quantity },
      { variantId: lamp, quantity },
    ];
    expect(await shop.hold(twice(3))).toEqual({
      kind: 'out-of-stock',
      lines: [{ variantId: lamp, requested: 6, available: 5 }],
    });
    expect(await shop.hold(twice(2))).toEqual({ kind: 'held' });
    expect(await shop.levels(lamp)).toMatchObject([{ available: 1, reserved: 4 }]);
  });

  it('holds nothing when one of several things is missing', async () => {
    const [lamp, desk] = [variant(), variant()];
    await shop.stock(lamp, 5);
    const outcome = await shop.hold([
      { variantId: lamp, quantity: 1 },
      { variantId: desk, quantity: 1 },
    ]);
    expect(outcome).toMatchObject({ kind: 'out-of-stock', lines: [{ variantId: desk, available: 0 }] });
    expect(await shop.levels(lamp)).toMatchObject([{ available: 5, reserved: 0 }]);
  });

  it('splits over warehouses by priority, and takes everything back to where it came from', async () => {
    const lamp = variant();
    const [near, far] = [await shop.warehouse({ priority: 1 }), await shop.warehouse({ priority: 2 })];
    await shop.stock(lamp, 2, near);
    await shop.stock(lamp, 9, far);
    const reservationId = randomUUID();
    await shop.hold([{ variantId: lamp, quantity: 10 }], { reservationId });
    await commit(reservationId);
    expect(await shop.levels(lamp)).toMatchObject([
      { warehouseId: near, available: 0, reserved: 0, sold: 2 },
      { warehouseId: far, available: 1, reserved: 0, sold: 8 },
    ]);
    const back = (quantity: number) =>
      shop.deps.prisma.$transaction((tx) =>
        restock(tx, { reservationId, lines: [{ variantId: lamp, quantity }], now: shop.deps.now() }),
      );
    await back(3);
    await back(7);
    await expect(back(1)).rejects.toThrow(RangeError);
    expect(await shop.levels(lamp)).toMatchObject([
      { available: 2, sold: 0 },
      { available: 9, sold: 0 },
    ]);
  });

  it('settles a reservation once, whoever comes first', async () => {
    const lamp = variant();
    await shop.stock(lamp, 5);
    const reservationId = randomUUID();
    await shop.hold([{ variantId: lamp, quantity: 2 }], { reservationId });
    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, () => commit(reservationId)),
      ...Array.from({ length: 10 }, () => release(reservationId)),
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'settled')).toHaveLength(1);
    const [level] = await shop.levels(lamp);
    expect(level && level.available + level.sold).toBe(5);
    expect(level?.reserved).toBe(0);
  });

  it('returns the stock of a reservation whose time is up exactly once', async () => {
    const lamp = variant();
    await shop.stock(lamp, 4);
    await shop.hold([{ variantId: lamp, quantity: 3 }], { minutes: 1 });
    await expireReservations(shop.deps);
    expect(await shop.levels(lamp)).toMatchObject([{ available: 1, reserved: 3 }]);
    shop.pass({ minutes: 2 });
    await Promise.all(Array.from({ length: 5 }, () => expireReservations(shop.deps)));
    expect(await shop.levels(lamp)).toMatchObject([{ available: 4, reserved: 0 }]);
  });

  it('takes a payment that arrives after the time was up but before the stock went back', async () => {
    const lamp = variant();
    await shop.stock(lamp, 1);
    const reservationId = randomUUID();
    await shop.hold([{ variantId: lamp, quantity: 1 }], { reservationId, minutes: 1 });
    shop.pass({ minutes: 2 });
    expect(await commit(reservationId)).toEqual({ kind: 'settled' });
    await expireReservations(shop.deps);
    expect(await release(reservationId)).toEqual({ kind: 'already', status: 'COMMITTED' });
    expect(await shop.levels(lamp)).toMatchObject([{ available: 0, reserved: 0, sold: 1 }]);
  });
});
