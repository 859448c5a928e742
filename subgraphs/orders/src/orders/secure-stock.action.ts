import { randomUUID } from 'node:crypto';
import type { Transaction } from '../context.js';
import { holdStock } from '../stock/hold-stock.action.js';
import { ReservationStatus } from '../stock/reservation.js';
import { commitReservation } from '../stock/settle-reservation.action.js';
import { linesOf, nameReservation } from './advance-order.action.js';
import type { Order } from './order.js';

/**
 * Turns what a taken order holds into sold goods. When its time was up and the stock went back, it is held again, if
 * there still is enough.
 *
 * @returns the order, or `null` when it can no longer be served; nothing was written then
 */
export async function secureStock(tx: Transaction, order: Order, now: Date): Promise<Order | null> {
  if (order.reservationId) {
    const committed = await commitReservation(tx, {
      reservationId: order.reservationId,
      orderId: order.id,
      now,
    });
    if (committed.kind === 'settled') return order;
    if (committed.kind === 'already' && committed.status === ReservationStatus.COMMITTED) return order;
  }
  const reservationId = randomUUID();
  const held = await holdStock(tx, {
    reservationId,
    lines: await linesOf(tx, order.id),
    cartId: order.cartId,
    orderId: order.id,
    expiresAt: now,
    now,
  });
  if (held.kind === 'out-of-stock') return null;
  await commitReservation(tx, { reservationId, orderId: order.id, now });
  return nameReservation(tx, order, reservationId);
}
