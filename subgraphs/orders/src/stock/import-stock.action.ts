import { publish } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { requireDefaultWarehouse } from '../warehouses/require-default-warehouse.action.js';
import { moveStock } from './move-stock.action.js';
import { announcements } from './stock-announcements.js';
import { countAs, StockMovementKind, type StockLevel } from './stock.js';
import { ensureLevels, lockLevels, setBackorderable, setProductOfVariants } from './stock.store.js';

/** One counted variant. */
export type CountedStock = {
  readonly variantId: string;
  readonly sku: string;
  /** On hand in the default warehouse, what is held for checkouts included. */
  readonly quantity: number;
  readonly backorderable: boolean;
};

/**
 * Sets the default warehouse to what an import counted. What is held for checkouts stays held; when less was
 * counted than is held, the difference is owed.
 */
export async function importStock(
  tx: Transaction,
  counted: { rows: readonly CountedStock[]; reference: string; now: Date },
): Promise<void> {
  const { reference, now } = counted;
  const rows = [...new Map(counted.rows.map((row) => [row.variantId, row])).values()];
  if (rows.length === 0) return;
  const { id: warehouseId } = await requireDefaultWarehouse(tx, now);
  const inWarehouse = rows.map(({ variantId, sku, backorderable }) => ({ variantId, sku, backorderable }));
  await ensureLevels(
    tx,
    inWarehouse.map(({ variantId, sku }) => ({ variantId, warehouseId, sku })),
    now,
  );
  const before = await lockLevels(
    tx,
    rows.map(({ variantId }) => variantId),
  );
  await setBackorderable(tx, warehouseId, inWarehouse);
  const byVariant = new Map(rows.map((row) => [row.variantId, row]));
  const rowOf = (level: StockLevel) =>
    level.warehouseId === warehouseId ? byVariant.get(level.variantId) : undefined;
  const locked = before.map((level) => ({
    ...level,
    backorderable: rowOf(level)?.backorderable ?? level.backorderable,
  }));
  await publish(tx, ...announcements(before, locked, now));
  const moves = locked.flatMap((level) => {
    const row = rowOf(level);
    if (!row) return [];
    const change = countAs(level, row.quantity);
    const delta = change.available - change.backordered;
    return delta === 0 ? [] : [{ level, change, kind: StockMovementKind.IMPORTED, delta }];
  });
  await moveStock(tx, { locked, moves }, { reference, now });
}

/** Remembers which product the variants belong to, and keeps an empty level of those never counted. */
export async function learnVariants(
  tx: Transaction,
  product: { productId: string; variants: readonly { variantId: string; sku: string }[]; now: Date },
): Promise<void> {
  const { productId, variants, now } = product;
  if (variants.length === 0) return;
  const { id: warehouseId } = await requireDefaultWarehouse(tx, now);
  await setProductOfVariants(tx, productId, variants);
  await ensureLevels(
    tx,
    variants.map(({ variantId, sku }) => ({ variantId, warehouseId, productId, sku })),
    now,
  );
}
