import type { Transaction } from '../context.js';
import { moveStock, type StockMove } from './move-stock.action.js';
import { ReservationStatus, type ReservationLine } from './reservation.js';
import { addRestocked, findReservationLines, lockReservation } from './reservation.store.js';
import { StockMovementKind, sumByVariant, takeBack, type Demand } from './stock.js';
import { lockLevels } from './stock.store.js';

/**
 * Puts sold goods of an order back on the shelves they came from. What came back before is counted: no unit
 * returns twice.
 *
 * @throws {RangeError} when more is to come back than was sold and is still out, or nothing was sold; nothing is
 *   written then
 */
export async function restock(
  tx: Transaction,
  returned: {
    reservationId: string;
    lines: readonly Demand[];
    reason?: string | null;
    reference?: string | null;
    byId?: string | null;
    now: Date;
  },
): Promise<void> {
  const { reservationId, reason, reference = reservationId, byId, now } = returned;
  const demands = sumByVariant(returned.lines);
  if (demands.length === 0) return;
  const reservation = await lockReservation(tx, reservationId);
  if (reservation?.status !== ReservationStatus.COMMITTED)
    throw new RangeError(`nothing was sold by reservation ${reservationId}`);
  const lines = await findReservationLines(tx, reservationId);
  const back = demands.flatMap((demand) => shareOut(demand, lines));
  const locked = await lockLevels(
    tx,
    demands.map(({ variantId }) => variantId),
  );
  const moves = back.map(({ variantId, warehouseId, quantity }): StockMove => {
    const level = locked.find((one) => one.variantId === variantId && one.warehouseId === warehouseId);
    if (!level) throw new RangeError(`${variantId} has no level in ${warehouseId}`);
    return { level, change: takeBack(level, quantity), kind: StockMovementKind.RESTOCKED, delta: quantity };
  });
  await addRestocked(tx, reservationId, back);
  await moveStock(tx, { locked, moves }, { reason, reference, byId, now });
}

/** From which of the order's warehouses the units return, each at most what it sent. */
function shareOut(
  { variantId, quantity }: Demand,
  lines: readonly ReservationLine[],
): Pick<ReservationLine, 'variantId' | 'warehouseId' | 'quantity'>[] {
  let missing = quantity;
  const shares = [];
  for (const line of lines.filter((one) => one.variantId === variantId)) {
    const share = Math.min(missing, line.quantity - line.restocked);
    if (share <= 0) continue;
    shares.push({ variantId, warehouseId: line.warehouseId, quantity: share });
    missing -= share;
  }
  if (missing > 0) throw new RangeError(`${missing} more of ${variantId} would return than went out`);
  return shares;
}
