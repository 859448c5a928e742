import type { Transaction } from '../context.js';
import { moveStock, type StockMove } from './move-stock.action.js';
import { ReservationStatus, type Reservation, type ReservationLine } from './reservation.js';
import { findReservationLines, lockReservation, updateReservation } from './reservation.store.js';
import { release, sell, StockMovementKind, type StockLevel } from './stock.js';
import { lockLevels } from './stock.store.js';

/** `already` tells what it was settled as before; nothing was changed then. */
export type SettleReservationOutcome =
  { kind: 'settled' } | { kind: 'already'; status: ReservationStatus } | { kind: 'not-found' };

type Settlement = { reservationId: string; orderId?: string | null; reason?: string | null; now: Date };

/** Turns what a reservation holds into sold goods, exactly once, even when its time is up but nobody noticed. */
export function commitReservation(
  tx: Transaction,
  settlement: Settlement,
): Promise<SettleReservationOutcome> {
  return settle(tx, settlement, {
    status: ReservationStatus.COMMITTED,
    move: (level, { quantity }) => ({
      level,
      change: sell(quantity),
      kind: StockMovementKind.SOLD,
      delta: -quantity,
    }),
  });
}

/** Gives back what a reservation holds, exactly once. */
export function releaseReservation(
  tx: Transaction,
  settlement: Settlement,
): Promise<SettleReservationOutcome> {
  return settle(tx, settlement, {
    status: ReservationStatus.RELEASED,
    move: (level, { quantity }) => ({
      level,
      change: release(level, quantity),
      kind: StockMovementKind.RELEASED,
      delta: quantity,
    }),
  });
}

/** Names the order a reservation became, and gives it more time; false when it is no longer held. */
export async function assignReservation(
  tx: Transaction,
  assignment: { reservationId: string; orderId: string; expiresAt: Date },
): Promise<boolean> {
  const { reservationId, orderId, expiresAt } = assignment;
  const reservation = await lockReservation(tx, reservationId);
  if (reservation?.status !== ReservationStatus.HELD) return false;
  await updateReservation(tx, reservationId, { orderId, expiresAt });
  return true;
}

async function settle(
  tx: Transaction,
  { reservationId, orderId, reason, now }: Settlement,
  as: { status: ReservationStatus; move: (level: StockLevel, line: ReservationLine) => StockMove },
): Promise<SettleReservationOutcome> {
  const reservation = await lockReservation(tx, reservationId);
  if (!reservation) return { kind: 'not-found' };
  if (reservation.status !== ReservationStatus.HELD) return { kind: 'already', status: reservation.status };
  const lines = await findReservationLines(tx, reservationId);
  const locked = await lockLevels(tx, [...new Set(lines.map(({ variantId }) => variantId))]);
  const moves = lines.map((line) => as.move(levelOf(line, locked), line));
  await updateReservation(tx, reservationId, {
    status: as.status,
    settledAt: now,
    ...(orderId && { orderId }),
  });
  await moveStock(tx, { locked, moves }, { reason, reference: referenceOf(reservation, orderId), now });
  return { kind: 'settled' };
}

const referenceOf = (reservation: Reservation, orderId: string | null | undefined) =>
  orderId ?? reservation.orderId ?? reservation.id;

function levelOf(line: ReservationLine, locked: readonly StockLevel[]): StockLevel {
  const level = locked.find(
    ({ variantId, warehouseId }) => variantId === line.variantId && warehouseId === line.warehouseId,
  );
  if (!level)
    throw new Error(`${line.variantId} has no level in ${line.warehouseId}, though some is reserved`);
  return level;
}
