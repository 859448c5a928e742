import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventoryImported, productSaved } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { guest, shopper, staff } from '@storegraph/testkit';
import { commitReservation } from '../src/stock/settle-reservation.action.js';
import { openShop, type Shop } from './shop.js';

const VARIANTS = `query ($variants: [_Any!]!) { _entities(representations: $variants) { ... on ProductVariant {
  id availability { sellable inStock lowStock backorderable } } } }`;
const LEVELS = `query ($variants: [_Any!]!) { _entities(representations: $variants) { ... on ProductVariant {
  stockLevels { onHand reserved sold sellable warehouse { id } movements(first: 10) { kind delta reason } } } } }`;

describe('stock', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const variant = () => newId('variant');
  const asEntities = (...ids: string[]) => ({
    variants: ids.map((id) => ({ __typename: 'ProductVariant', id })),
  });
  const commit = (reservationId: string) =>
    shop.deps.prisma.$transaction((tx) => commitReservation(tx, { reservationId, now: shop.deps.now() }));

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

  it('announces every change of what can be sold, and writes the book of it', async () => {
    const lamp = variant();
    await shop.stock(lamp, 5);
    const reservationId = randomUUID();
    await shop.hold([{ variantId: lamp, quantity: 2 }], { reservationId });
    await commit(reservationId);
    expect(await shop.announced(lamp)).toEqual([5, 3]);
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
    await shop.hold([{ variantId: lamp, quantity: 3 }]);
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
    expect(await shop.announced(lamp)).toEqual([6]);
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
    await shop.hold([{ variantId: lamp, quantity: 3 }]);
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
    expect(await shop.hold([{ variantId: lamp, quantity: 5 }])).toEqual({ kind: 'held' });
    expect(await shop.announced(lamp)).toEqual([8, 5, 7, -1, -1, -6]);
  });

  it('tells who watches when a variant can be bought again, and staff when it runs low', async () => {
    const lamp = variant();
    await shop.stock(lamp, 20);
    await shop.orders.subgraph.drained();
    const WATCH = `subscription ($ids: [ID!]!) { stockChanged(variantIds: $ids) { id availability { sellable } } }`;
    const changes = await shop.orders.subscribe(WATCH, { ids: [variant(), lamp] });
    const alerts = await shop.orders.subscribe('subscription { lowStockAlert { id } }', {}, staff());
    const [change, alert] = [changes.next(), alerts.next()];
    await shop.hold([{ variantId: lamp, quantity: 16 }]);
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
    expect(await shop.announced(lamp)).toEqual([5, 0]);
    expect(await shop.hold([{ variantId: lamp, quantity: 1 }])).toMatchObject({ kind: 'out-of-stock' });
  });
});
