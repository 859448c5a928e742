import type { Database } from '@storegraph/orders-db';
import type { Reservation, ReservationLine, ReservationStatus } from './reservation.js';

export type { Database } from '@storegraph/orders-db';

type Row = Omit<Reservation, 'status'> & { status: string };

const toReservation = (row: Row): Reservation => ({ ...row, status: row.status as ReservationStatus });

/** The reservation, kept from changing until the transaction ends. */
export async function lockReservation(db: Database, id: string): Promise<Reservation | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT id, cart_id AS "cartId", order_id AS "orderId", status::text AS status, expires_at AS "expiresAt"
    FROM reservations WHERE id = ${id} FOR UPDATE`;
  return row ? toReservation(row) : null;
}

export async function findReservationLines(db: Database, reservationId: string): Promise<ReservationLine[]> {
  return db.reservationLine.findMany({
    where: { reservationId },
    select: { variantId: true, warehouseId: true, quantity: true, restocked: true },
    orderBy: [{ variantId: 'asc' }, { warehouseId: 'asc' }],
  });
}

export async function updateReservation(
  db: Database,
  id: string,
  data: Partial<Pick<Reservation, 'status' | 'orderId' | 'expiresAt'>> & { settledAt?: Date },
): Promise<void> {
  await db.reservation.update({ where: { id }, data });
}

/** Counts what came back, line by line. */
export async function addRestocked(
  db: Database,
  reservationId: string,
  lines: readonly Pick<ReservationLine, 'variantId' | 'warehouseId' | 'quantity'>[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE reservation_lines AS line SET restocked = line.restocked + back.quantity
    FROM unnest(${lines.map(({ variantId }) => variantId)}::text[],
      ${lines.map(({ warehouseId }) => warehouseId)}::text[], ${lines.map(({ quantity }) => quantity)}::int[])
      AS back (variant_id, warehouse_id, quantity)
    WHERE line.reservation_id = ${reservationId} AND line.variant_id = back.variant_id
      AND line.warehouse_id = back.warehouse_id`;
}

/** Held reservations whose time is up, longest overdue first. */
export async function findExpiredReservations(db: Database, now: Date, most: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM reservations WHERE status = 'HELD' AND expires_at <= ${now}
    ORDER BY expires_at LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** Until when each cart's stock is held, for those that hold any. */
export async function findHoldsOfCarts(
  db: Database,
  cartIds: readonly string[],
): Promise<{ cartId: string; expiresAt: Date }[]> {
  return db.$queryRaw<{ cartId: string; expiresAt: Date }[]>`
    SELECT cart_id AS "cartId", max(expires_at) AS "expiresAt" FROM reservations
    WHERE cart_id = ANY (${[...cartIds]}::text[]) AND status = 'HELD' GROUP BY cart_id`;
}
