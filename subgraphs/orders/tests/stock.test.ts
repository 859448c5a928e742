import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventoryImported, productSaved } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { guest, shopper, staff } from '@storegraph/testkit';
import { expireReservations } from '../src/stock/expire-reservations.action.js';
import { holdStock, type HoldStockOutcome } from '../src/stock/hold-stock.action.js';
import { restock } from '../src/stock/restock.action.js';
import { commitReservation, releaseReservation } from '../src/stock/settle-reservation.action.js';
import { openShop, type Shop } from './shop.js';

const VARIANTS = `query ($variants: [_Any!]!) { _entities(representations: $variants) { ... on ProductVariant {
  id availability { sellable inStock lowStock backorderable } } } }`;
const LEVELS = `query ($variants: [_Any!]!) { _entities(representations: $variants) { ... on ProductVariant {
  stockLevels { onHand reserved sold sellable warehouse { id } movements(first: 10) { kind delta reason } } } } }`;

describe('stock', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 8 });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const variant = () => newId('variant');
  const asEntities = (...ids: string[]) => ({
    variants: ids.map((id) => ({ __typename: 'ProductVariant', id })),
  });
  const hold = (
    lines: { variantId: string; quantity: number }[],
    given: { reservationId?: string; minutes?: number } = {},
  ): Promise<HoldStockOutcome> => {
    const now = shop.deps.now();
    const { reservationId = randomUUID(), minutes = 15 } = given;
    const expiresAt = new Date(now.getTime() + minutes * 60_000);
    return shop.deps.prisma.$transaction((tx) => holdStock(tx, { reservationId, lines, expiresAt, now }), {
      maxWait: 60_000,
      timeout: 60_000,
    });
  };
  const commit = (reservationId: string) =>
    shop.deps.prisma.$transaction((tx) => commitReservation(tx, { reservationId, now: shop.deps.now() }));
  const release = (reservationId: string) =>
    shop.deps.prisma.$transaction((tx) => releaseReservation(tx, { reservationId, now: shop.deps.now() }));
  const announced = async (variantId: string) => {
    const { rows } = await shop.orders.subgraph.pool.query<{ data: { sellable: number } }>(
      `SELECT data FROM outbox_events WHERE type = 'stock.changed' AND aggregate_id = $1 ORDER BY position`,
      [variantId],
    );
    return rows.map(({ data }) => data.sellable);
  };

  it('sums open warehouses to what can be bought, in one statement for many variants', async () => {
    const [lamp, desk] = [variant(), variant()];
    const [near, closed] = [await shop.warehouse(), await shop.warehouse({ active: false })];
    await shop.stock(lamp, 7, near);
    await shop.stock(lamp, 100, closed);
    await shop.stock(desk, 3);
    shop.orders.statements.length = 0;
    const { data } = await shop.orders.ask(VARIANTS, asEntities(lamp, desk));
    expect(shop.orders.statements).toEqual([expect.stringContaining('FROM stock_levels')]);
    expect(data['_entities']).toEqual([
      { id: lamp, availability: { sellable: 7, inStock: true, lowStock: false, backorderable: false } },
      { id: desk, availability: { sellable: 3, inStock: true, lowStock: true, backorderable: false } },
    ]);
  });

  it('gives 10 units to exactly 10 of 200 checkouts at once', async () => {
    const lamp = variant();
    await shop.stock(lamp, 10);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => hold([{ variantId: lamp, quantity: 1 }])),
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
      Array.from({ length: 100 }, (_, index) => hold(index % 2 === 0 ? [one, other] : [other, one])),
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
    expect(await hold(twice(3))).toEqual({
      kind: 'out-of-stock',
      lines: [{ variantId: lamp, requested: 6, available: 5 }],
    });
    expect(await hold(twice(2))).toEqual({ kind: 'held' });
    expect(await shop.levels(lamp)).toMatchObject([{ available: 1, reserved: 4 }]);
  });

  it('holds nothing when one of several things is missing', async () => {
    const [lamp, desk] = [variant(), variant()];
    await shop.stock(lamp, 5);
    const outcome = await hold([
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
    await hold([{ variantId: lamp, quantity: 10 }], { reservationId });
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
    await hold([{ variantId: lamp, quantity: 2 }], { reservationId });
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
    await hold([{ variantId: lamp, quantity: 3 }], { minutes: 1 });
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
    await hold([{ variantId: lamp, quantity: 1 }], { reservationId, minutes: 1 });
    shop.pass({ minutes: 2 });
    expect(await commit(reservationId)).toEqual({ kind: 'settled' });
    await expireReservations(shop.deps);
    expect(await release(reservationId)).toEqual({ kind: 'already', status: 'COMMITTED' });
    expect(await shop.levels(lamp)).toMatchObject([{ available: 0, reserved: 0, sold: 1 }]);
  });

  it('announces every change of what can be sold, and writes the book of it', async () => {
    const lamp = variant();
    await shop.stock(lamp, 5);
    const reservationId = randomUUID();
    await hold([{ variantId: lamp, quantity: 2 }], { reservationId });
    await commit(reservationId);
    expect(await announced(lamp)).toEqual([5, 3]);
    const { data } = await shop.orders.ask(LEVELS, asEntities(lamp), staff());
    const [level] = data['_entities'][0].stockLevels;
    expect(level).toMatchObject({ onHand: 3, reserved: 0, sold: 2, sellable: 3 });
    const book = level.movements.map(({ kind, delta }: { kind: string; delta: number }) => [kind, delta]);
    expect(book).toEqual([
      ['SOLD', -2],
      ['RESERVED', -2],
      ['ADJUSTED', 5],
    ]);
  });

  it('adjusts once per key, refuses another input with it, and takes nothing that is promised', async () => {
    const [lamp, warehouseId, keeper] = [variant(), await shop.warehouse(), staff()];
    const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
      ... on AdjustStockSuccess { level { onHand sellable } }
      ... on TooFewInWarehouse { available } ... on UserError { code path } } }`;
    const adjust = async (given: object, viewer = keeper) =>
      shop.orders.ask(ADJUST, { input: { variantId: lamp, warehouseId, reason: 'count', ...given } }, viewer);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => adjust({ delta: 4, idempotencyKey: key })),
    );
    for (const { data } of answers)
      expect(data['adjustStock']).toEqual({ level: { onHand: 4, sellable: 4 } });
    expect((await adjust({ delta: 5, idempotencyKey: key })).data['adjustStock']).toEqual({
      code: 'IDEMPOTENCY_MISMATCH',
      path: ['input', 'idempotencyKey'],
    });
    await hold([{ variantId: lamp, quantity: 3 }]);
    expect((await adjust({ delta: -2, idempotencyKey: randomUUID() })).data['adjustStock']).toMatchObject({
      code: 'OUT_OF_STOCK',
      available: 1,
    });
    expect((await adjust({ delta: 1, idempotencyKey: randomUUID() }, shopper())).code).toBe('FORBIDDEN');
    expect((await adjust({ delta: 0, idempotencyKey: randomUUID() })).data['adjustStock']).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'delta'],
    });
  });

  it('transfers between warehouses without changing what can be sold', async () => {
    const [lamp, from, to] = [variant(), await shop.warehouse(), await shop.warehouse()];
    await shop.stock(lamp, 6, from);
    const { data } = await shop.orders.ask(
      `mutation ($input: TransferStockInput!) { transferStock(input: $input) {
        ... on TransferStockSuccess { from { onHand } to { onHand } } ... on UserError { code } } }`,
      {
        input: {
          variantId: lamp,
          fromWarehouseId: from,
          toWarehouseId: to,
          quantity: 4,
          idempotencyKey: randomUUID(),
        },
      },
      staff(),
    );
    expect(data['transferStock']).toEqual({ from: { onHand: 2 }, to: { onHand: 4 } });
    expect(await announced(lamp)).toEqual([6]);
  });

  it('sets the default warehouse to what an import counted and keeps what is held', async () => {
    const [lamp, productId] = [variant(), newId('product')];
    const importing = (quantity: number, policy: 'deny' | 'continue' = 'deny') =>
      shop.orders.receive(
        'catalog',
        inventoryImported({
          aggregateId: newId('importJob'),
          data: { rows: [{ variantId: lamp, sku: 'LAMP', quantity, policy }] },
        }),
      );
    await importing(8);
    await hold([{ variantId: lamp, quantity: 3 }]);
    await importing(10);
    expect(await shop.levels(lamp)).toMatchObject([{ available: 7, reserved: 3 }]);
    await importing(2);
    expect(await shop.levels(lamp)).toMatchObject([{ available: 0, reserved: 3, backordered: 1 }]);
    const variants = [{ variantId: lamp, sku: 'LAMP' }];
    const saved = { productId, slug: 'a', name: 'A', sellerId: null, status: 'ACTIVE', version: 1, variants };
    await shop.orders.receive(
      'catalog',
      productSaved({ aggregateId: productId, data: { ...saved, status: 'ACTIVE' } }),
    );
    await importing(2, 'continue');
    const { data } = await shop.orders.ask(VARIANTS, asEntities(lamp));
    expect(data['_entities'][0].availability).toEqual({
      sellable: -1,
      inStock: true,
      lowStock: true,
      backorderable: true,
    });
    expect(await hold([{ variantId: lamp, quantity: 5 }])).toEqual({ kind: 'held' });
    expect(await announced(lamp)).toEqual([8, 5, 7, -1, -1, -6]);
  });

  it('tells who watches when a variant can be bought again, and staff when it runs low', async () => {
    const lamp = variant();
    await shop.stock(lamp, 20);
    await shop.orders.subgraph.drained();
    const WATCH = `subscription ($ids: [ID!]!) { stockChanged(variantIds: $ids) { id availability { sellable } } }`;
    const changes = await shop.orders.subscribe(WATCH, { ids: [variant(), lamp] });
    const alerts = await shop.orders.subscribe('subscription { lowStockAlert { id } }', {}, staff());
    const [change, alert] = [changes.next(), alerts.next()];
    await hold([{ variantId: lamp, quantity: 16 }]);
    expect((await change).value.data).toEqual({
      stockChanged: { id: lamp, availability: { sellable: 4 } },
    });
    expect((await alert).value.data).toEqual({ lowStockAlert: { id: lamp } });
    await Promise.all([changes.return?.(), alerts.return?.()]);
    const refused = await shop.orders.subscribe('subscription { lowStockAlert { id } }', {}, guest);
    expect((await refused.next()).value.code).toBe('UNAUTHENTICATED');
  });

  it('lists what runs low page by page', async () => {
    await using other = await openShop();
    const ids = [variant(), variant(), variant()].sort();
    for (const id of ids) await other.stock(id, 2);
    await other.stock(variant(), 50);
    const LOW = `query ($after: String) { lowStock(first: 2, after: $after) {
      edges { node { sellable variant { id } } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await other.orders.ask(LOW, {}, staff())).data['lowStock'];
    const after = first.pageInfo.endCursor as string;
    const second = (await other.orders.ask(LOW, { after }, staff())).data['lowStock'];
    const seen = [...first.edges, ...second.edges].map((edge) => edge.node.variant.id as string);
    expect(seen).toEqual(ids);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await other.orders.ask(LOW, {}, shopper())).code).toBe('FORBIDDEN');
  });

  it('closes a warehouse only on the version that was looked at, and its stock is no longer for sale', async () => {
    const [lamp, id] = [variant(), await shop.warehouse()];
    await shop.stock(lamp, 5, id);
    const SAVE = `mutation ($input: SaveWarehouseInput!) { saveWarehouse(input: $input) {
      ... on SaveWarehouseSuccess { warehouse { version } } ... on Conflict { currentVersion } ... on UserError { code } } }`;
    const save = (given: object) =>
      shop.orders.ask(
        SAVE,
        { input: { id, code: `C-${id.slice(-5)}`, name: 'Closed', country: 'US', ...given } },
        staff(),
      );
    expect((await save({ active: false, expectedVersion: 7 })).data['saveWarehouse']).toEqual({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    expect((await save({ active: false, expectedVersion: 1 })).data['saveWarehouse']).toEqual({
      warehouse: { version: 2 },
    });
    expect(await announced(lamp)).toEqual([5, 0]);
    expect(await hold([{ variantId: lamp, quantity: 1 }])).toMatchObject({ kind: 'out-of-stock' });
  });
});
