import { publish } from '@storegraph/events';
import type { Deps } from '../context.js';
import { findWarehouseById } from '../warehouses/find-warehouse.action.js';
import { announcements } from './stock-announcements.js';
import type { StockLevel } from './stock.js';
import { ensureLevels, lockLevels, updateLevelSettings } from './stock.store.js';

export type SaveStockSettingsOutcome =
  { kind: 'saved'; variantId: string; warehouseId: string } | { kind: 'no-such-warehouse' };

/** Decides how a warehouse sells a variant: when few are few, and whether it sells ahead of stock. */
export async function saveStockSettings(
  deps: Deps,
  input: Pick<StockLevel, 'variantId' | 'warehouseId' | 'lowStockThreshold' | 'backorderable' | 'restockAt'>,
): Promise<SaveStockSettingsOutcome> {
  const { variantId, warehouseId, ...settings } = input;
  const now = deps.now();
  return deps.prisma.$transaction(async (tx): Promise<SaveStockSettingsOutcome> => {
    if (!(await findWarehouseById(tx, warehouseId))) return { kind: 'no-such-warehouse' };
    await ensureLevels(tx, [{ variantId, warehouseId }], now);
    const before = await lockLevels(tx, [variantId]);
    await updateLevelSettings(tx, { variantId, warehouseId }, { ...settings, updatedAt: now });
    const after = before.map((level) =>
      level.warehouseId === warehouseId ? { ...level, ...settings } : level,
    );
    await publish(tx, ...announcements(before, after, now));
    return { kind: 'saved', variantId, warehouseId };
  });
}
