import type { Deps } from '../context.js';
import { runOnce } from '../idempotency/run-once.action.js';
import { findWarehouseById } from '../warehouses/find-warehouse.action.js';
import { moveStock } from './move-stock.action.js';
import { receive, StockMovementKind, withdraw } from './stock.js';
import { ensureLevels, lockLevels, type LevelKey } from './stock.store.js';

export type AdjustStockOutcome =
  | { kind: 'adjusted'; variantId: string; warehouseId: string }
  | { kind: 'no-such-warehouse' }
  | { kind: 'too-few'; available: number }
  | { kind: 'key-mismatch' };

/**
 * Puts units on a shelf or takes them off. What was sold ahead of stock is served first; what is promised to
 * somebody cannot be taken. A key that was used before answers as it did then and changes nothing.
 *
 * @param input.delta units to add; negative to take away
 */
export async function adjustStock(
  deps: Deps,
  input: {
    variantId: string;
    warehouseId: string;
    delta: number;
    reason: string;
    idempotencyKey: string;
    byId: string;
  },
): Promise<AdjustStockOutcome> {
  const { idempotencyKey: key, byId, ...adjustment } = input;
  const { variantId, warehouseId, delta, reason } = adjustment;
  const now = deps.now();
  return deps.prisma.$transaction(async (tx): Promise<AdjustStockOutcome> => {
    const outcome = await runOnce(
      tx,
      { scope: `adjust-stock:${byId}`, key, input: adjustment, now },
      async (): Promise<AdjustStockOutcome> => {
        if (!(await findWarehouseById(tx, warehouseId))) return { kind: 'no-such-warehouse' };
        const levelKey: LevelKey = { variantId, warehouseId };
        await ensureLevels(tx, [levelKey], now);
        const locked = await lockLevels(tx, [variantId]);
        const level = locked.find((one) => one.warehouseId === warehouseId);
        if (!level) throw new Error(`no level of ${variantId} in ${warehouseId}`);
        const change = delta >= 0 ? receive(level, delta) : withdraw(level, -delta);
        if (!change) return { kind: 'too-few', available: level.available };
        const moves = [{ level, change, kind: StockMovementKind.ADJUSTED, delta }];
        await moveStock(tx, { locked, moves }, { reason, byId, now });
        return { kind: 'adjusted', ...levelKey };
      },
    );
    return outcome.kind === 'mismatch' ? { kind: 'key-mismatch' } : outcome.result;
  });
}
