import type { Transaction } from '../context.js';
import { moveStock, type StockMove } from './move-stock.action.js';
import {
  availabilityOf,
  hold,
  splitOverLevels,
  StockMovementKind,
  sumByVariant,
  type Demand,
} from './stock.js';
import { lockLevels } from './stock.store.js';

/** Of what there is not enough. `available` is what could be had instead, 0 or more. */
export type Shortage = {
  readonly variantId: string;
  readonly requested: number;
  readonly available: number;
};

export type HoldStockOutcome = { kind: 'held' } | { kind: 'out-of-stock'; lines: Shortage[] };

/**
 * Holds stock for a checkout, for all lines or for none. Lines of one variant count together; a variant no single
 * warehouse has enough of is held in several, by their priority. When something is missing, nothing is written and
 * the answer names everything that is. Levels stay locked until the transaction ends: hold late, commit soon.
 *
 * @param request.reservationId new, never used before
 * @param request.expiresAt when the stock goes back unless it was committed before
 */
export async function holdStock(
  tx: Transaction,
  request: {
    reservationId: string;
    lines: readonly Demand[];
    cartId?: string | null;
    orderId?: string | null;
    expiresAt: Date;
    now: Date;
  },
): Promise<HoldStockOutcome> {
  const { reservationId, cartId = null, orderId = null, expiresAt, now } = request;
  const demands = sumByVariant(request.lines);
  const locked = await lockLevels(
    tx,
    demands.map(({ variantId }) => variantId),
  );
  const moves: StockMove[] = [];
  const missing: Shortage[] = [];
  for (const { variantId, quantity } of demands) {
    const levels = locked.filter((level) => level.variantId === variantId);
    const parts = splitOverLevels(levels, quantity);
    if (!parts) {
      const available = Math.max(0, availabilityOf(levels, now).sellable);
      missing.push({ variantId, requested: quantity, available });
      continue;
    }
    for (const part of parts) {
      const change = hold(part.level, part.quantity);
      moves.push({ level: part.level, change, kind: StockMovementKind.RESERVED, delta: -part.quantity });
    }
  }
  if (missing.length > 0) return { kind: 'out-of-stock', lines: missing };

  const reservation = { id: reservationId, cartId, orderId, expiresAt };
  await moveStock(tx, { locked, moves }, { reference: orderId ?? reservationId, hold: reservation, now });
  return { kind: 'held' };
}
