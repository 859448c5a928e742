import type { Deps } from '../context.js';
import { runOnce } from '../idempotency/run-once.action.js';
import { findWarehouseById } from '../warehouses/find-warehouse.action.js';
import { moveStock } from './move-stock.action.js';
import { receive, StockMovementKind, withdraw } from './stock.js';
import { ensureLevels, lockLevels } from './stock.store.js';

export type TransferStockOutcome =
  | { kind: 'transferred'; variantId: string; fromWarehouseId: string; toWarehouseId: string }
  | { kind: 'no-such-warehouse'; which: 'fromWarehouseId' | 'toWarehouseId' }
  | { kind: 'too-few'; available: number }
  | { kind: 'key-mismatch' };

/**
 * Moves units from one warehouse to another. What is promised to somebody stays where it is. A key that was used
 * before answers as it did then and changes nothing.
 */
export async function transferStock(
  deps: Deps,
  input: {
    variantId: string;
    fromWarehouseId: string;
    toWarehouseId: string;
    quantity: number;
    reason: string | null;
    idempotencyKey: string;
    byId: string;
  },
): Promise<TransferStockOutcome> {
  const { idempotencyKey: key, byId, ...transfer } = input;
  const { variantId, fromWarehouseId, toWarehouseId, quantity, reason } = transfer;
  const now = deps.now();
  return deps.prisma.$transaction(async (tx): Promise<TransferStockOutcome> => {
    const outcome = await runOnce(
      tx,
      { scope: `transfer-stock:${byId}`, key, input: transfer, now },
      async (): Promise<TransferStockOutcome> => {
        for (const which of ['fromWarehouseId', 'toWarehouseId'] as const)
          if (!(await findWarehouseById(tx, transfer[which]))) return { kind: 'no-such-warehouse', which };
        await ensureLevels(tx, [{ variantId, warehouseId: toWarehouseId }], now);
        const locked = await lockLevels(tx, [variantId]);
        const from = locked.find((level) => level.warehouseId === fromWarehouseId);
        const to = locked.find((level) => level.warehouseId === toWarehouseId);
        const out = from && withdraw(from, quantity);
        if (!from || !to || !out) return { kind: 'too-few', available: from?.available ?? 0 };
        const kind = StockMovementKind.TRANSFERRED;
        const moves = [
          { level: from, change: out, kind, delta: -quantity },
          { level: to, change: receive(to, quantity), kind, delta: quantity },
        ];
        await moveStock(tx, { locked, moves }, { reason, reference: key, byId, now });
        return { kind: 'transferred', variantId, fromWarehouseId, toWarehouseId };
      },
    );
    return outcome.kind === 'mismatch' ? { kind: 'key-mismatch' } : outcome.result;
  });
}
