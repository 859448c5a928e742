import { newId } from '@storegraph/ids';
import { Prisma, type Database } from '@storegraph/orders-db';
import type { Reservation } from './reservation.js';
import type { LevelChange, StockLevel, StockMovement, StockMovementKind } from './stock.js';

export type { Database } from '@storegraph/orders-db';

export type LevelKey = { readonly variantId: string; readonly warehouseId: string };

const LEVEL = Prisma.sql`level.variant_id AS "variantId", level.warehouse_id AS "warehouseId",
  level.product_id AS "productId", level.sku, level.available, level.reserved, level.sold, level.backordered,
  level.low_stock_threshold AS "lowStockThreshold", level.backorderable, level.restock_at AS "restockAt",
  level.updated_at AS "updatedAt", warehouse.active, warehouse.priority`;

const FROM_LEVELS = Prisma.sql`FROM stock_levels AS level JOIN warehouses AS warehouse ON warehouse.id = level.warehouse_id`;

export async function findLevelsByVariants(
  db: Database,
  variantIds: readonly string[],
): Promise<StockLevel[]> {
  return db.$queryRaw<StockLevel[]>`
    SELECT ${LEVEL} ${FROM_LEVELS} WHERE level.variant_id = ANY (${[...variantIds]}::text[])
    ORDER BY level.variant_id, warehouse.priority, level.warehouse_id`;
}

/**
 * Every level of the variants, kept from changing until the transaction ends. Locks are always taken in the order
 * of the key, so that checkouts naming the same variants in another order wait instead of deadlocking.
 */
export async function lockLevels(db: Database, variantIds: readonly string[]): Promise<StockLevel[]> {
  return db.$queryRaw<StockLevel[]>`
    SELECT ${LEVEL} ${FROM_LEVELS} WHERE level.variant_id = ANY (${[...variantIds]}::text[])
    ORDER BY level.variant_id, level.warehouse_id FOR UPDATE OF level`;
}

/** Makes sure the levels exist, empty if they did not. */
export async function ensureLevels(
  db: Database,
  levels: readonly (LevelKey & { productId?: string | null; sku?: string | null })[],
  now: Date,
): Promise<void> {
  await db.stockLevel.createMany({
    data: levels.map((level) => ({ ...level, updatedAt: now })),
    skipDuplicates: true,
  });
}

/** Adds levels that are not there yet, and the book of them; answers the variants of those added. */
export async function insertLevels(
  db: Database,
  levels: readonly (LevelKey &
    Pick<StockLevel, 'productId' | 'sku' | 'available' | 'lowStockThreshold' | 'backorderable'>)[],
  now: Date,
): Promise<string[]> {
  const added = await db.stockLevel.createManyAndReturn({
    data: levels.map((level) => ({ ...level, updatedAt: now })),
    skipDuplicates: true,
    select: { variantId: true, warehouseId: true, available: true },
  });
  await db.stockMovement.createMany({
    data: added.map(({ variantId, warehouseId, available }) => ({
      id: newId('stockMovement'),
      variantId,
      warehouseId,
      kind: 'IMPORTED' as const,
      delta: available,
      at: now,
    })),
  });
  return [...new Set(added.map(({ variantId }) => variantId))];
}

export type LevelMove = LevelKey & {
  readonly change: LevelChange;
  readonly movement: Omit<StockMovement, keyof LevelKey>;
};

/** Who holds what the moves take, where they take it for a checkout. */
export type MovesHold = Pick<Reservation, 'id' | 'cartId' | 'orderId' | 'expiresAt'>;

/**
 * Changes locked levels, writes the book, and the reservation if the moves make one: all in one statement, because
 * every round trip of whoever holds the lock is waited for by everybody who wants the same variant.
 */
export async function writeMoves(
  db: Database,
  { moves, hold }: { moves: readonly LevelMove[]; hold: MovesHold | null },
  now: Date,
): Promise<void> {
  const rows = moves.map(({ variantId, warehouseId, change, movement }) => ({
    variant_id: variantId,
    warehouse_id: warehouseId,
    ...change,
    ...movement,
    by_id: movement.byId,
  }));
  const holds = hold ? [hold] : [];
  await db.$executeRaw`
    WITH moves AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (
        variant_id text, warehouse_id text, available int, reserved int, sold int, backordered int,
        id text, kind stock_movement_kind, delta int, reason text, reference text, by_id text)
    ), booked AS (
      INSERT INTO stock_movements (id, variant_id, warehouse_id, kind, delta, reason, reference, by_id, at)
      SELECT id, variant_id, warehouse_id, kind, delta, reason, reference, by_id, ${now} FROM moves
    ), held AS (
      INSERT INTO reservations (id, cart_id, order_id, expires_at, status, created_at)
      SELECT id, "cartId", "orderId", "expiresAt", 'HELD', ${now}
      FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
        AS (id text, "cartId" text, "orderId" text, "expiresAt" timestamptz)
      RETURNING id
    ), lines AS (
      INSERT INTO reservation_lines (reservation_id, variant_id, warehouse_id, quantity)
      SELECT held.id, moves.variant_id, moves.warehouse_id, moves.reserved FROM held, moves
    )
    UPDATE stock_levels AS level SET available = level.available + moves.available,
      reserved = level.reserved + moves.reserved, sold = level.sold + moves.sold,
      backordered = level.backordered + moves.backordered, updated_at = ${now}
    FROM moves WHERE level.variant_id = moves.variant_id AND level.warehouse_id = moves.warehouse_id`;
}

export async function updateLevelSettings(
  db: Database,
  key: LevelKey,
  settings: Partial<Pick<StockLevel, 'lowStockThreshold' | 'backorderable' | 'restockAt' | 'updatedAt'>>,
): Promise<void> {
  await db.stockLevel.update({ where: { variantId_warehouseId: key }, data: settings });
}

/** Sets whether variants may be sold ahead of stock, many at once. */
export async function setBackorderable(
  db: Database,
  warehouseId: string,
  rows: readonly { variantId: string; backorderable: boolean; sku: string }[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE stock_levels AS level SET backorderable = given.backorderable, sku = given.sku
    FROM unnest(${rows.map((row) => row.variantId)}::text[], ${rows.map((row) => row.backorderable)}::boolean[],
      ${rows.map((row) => row.sku)}::text[]) AS given (variant_id, backorderable, sku)
    WHERE level.warehouse_id = ${warehouseId} AND level.variant_id = given.variant_id
      AND (level.backorderable, level.sku) IS DISTINCT FROM (given.backorderable, given.sku)`;
}

/** Remembers which product variants belong to, and their SKUs. */
export async function setProductOfVariants(
  db: Database,
  productId: string,
  variants: readonly { variantId: string; sku: string }[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE stock_levels AS level SET product_id = ${productId}, sku = given.sku
    FROM unnest(${variants.map(({ variantId }) => variantId)}::text[], ${variants.map(({ sku }) => sku)}::text[])
      AS given (variant_id, sku)
    WHERE level.variant_id = given.variant_id
      AND (level.product_id, level.sku) IS DISTINCT FROM (${productId}, given.sku)`;
}

/** The variants a warehouse holds anything of, after the given one. */
export async function findVariantsInWarehouse(
  db: Database,
  warehouseId: string,
  page: { after: string; most: number },
): Promise<string[]> {
  const rows = await db.stockLevel.findMany({
    where: {
      warehouseId,
      variantId: { gt: page.after },
      OR: [{ available: { gt: 0 } }, { backordered: { gt: 0 } }, { backorderable: true }],
    },
    select: { variantId: true },
    orderBy: { variantId: 'asc' },
    take: page.most,
  });
  return rows.map(({ variantId }) => variantId);
}

/** Levels at or under their threshold, in active warehouses, one more than the page. */
export async function findLowLevels(
  db: Database,
  page: { first: number; after: readonly [string, string] | null },
): Promise<StockLevel[]> {
  const after = page.after
    ? Prisma.sql`AND (level.variant_id, level.warehouse_id) > (${page.after[0]}, ${page.after[1]})`
    : Prisma.empty;
  return db.$queryRaw<StockLevel[]>`
    SELECT ${LEVEL} ${FROM_LEVELS}
    WHERE warehouse.active AND level.available - level.backordered <= level.low_stock_threshold ${after}
    ORDER BY level.variant_id, level.warehouse_id LIMIT ${page.first + 1}`;
}

/** The newest entries of the book for each level. */
export async function findMovements(
  db: Database,
  keys: readonly LevelKey[],
  first: number,
): Promise<StockMovement[]> {
  const rows = await db.$queryRaw<(Omit<StockMovement, 'kind'> & { kind: string })[]>`
    SELECT page.* FROM unnest(${keys.map(({ variantId }) => variantId)}::text[],
      ${keys.map(({ warehouseId }) => warehouseId)}::text[]) AS wanted (variant_id, warehouse_id)
    CROSS JOIN LATERAL (
      SELECT id, variant_id AS "variantId", warehouse_id AS "warehouseId", kind::text AS kind, delta, reason,
        reference, by_id AS "byId", at
      FROM stock_movements AS movement
      WHERE movement.variant_id = wanted.variant_id AND movement.warehouse_id = wanted.warehouse_id
      ORDER BY at DESC, id DESC LIMIT ${first}
    ) AS page`;
  return rows.map((row) => ({ ...row, kind: row.kind as StockMovementKind }));
}
