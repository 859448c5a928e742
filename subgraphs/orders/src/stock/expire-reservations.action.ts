import type { Deps } from '../context.js';
import { findExpiredReservations } from './reservation.store.js';
import { releaseReservation } from './settle-reservation.action.js';

const AT_ONCE = 200;

/**
 * Gives back the stock of reservations whose time is up, one transaction each. Whoever else settles one first,
 * a payment or another process, wins.
 *
 * @returns how many were released
 */
export async function expireReservations(deps: Deps): Promise<number> {
  const now = deps.now();
  let released = 0;
  for (const reservationId of await findExpiredReservations(deps.prisma, now, AT_ONCE)) {
    const outcome = await deps.prisma.$transaction((tx) =>
      releaseReservation(tx, { reservationId, reason: 'time is up', now }),
    );
    if (outcome.kind === 'settled') released += 1;
  }
  return released;
}
