import type { Database } from '@storegraph/orders-db';

export type { Database } from '@storegraph/orders-db';

/** Stock held for a cart before it is ordered. */
export type CartHold = {
  readonly cartId: string;
  readonly reservationId: string;
  readonly expiresAt: Date;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
};

/** What is held for carts at the moment; what their orders hold is no longer theirs. */
export async function findHoldsOfCarts(
  db: Database,
  cartIds: readonly string[],
  now: Date,
): Promise<CartHold[]> {
  return db.$queryRaw<CartHold[]>`
    SELECT reservation.cart_id AS "cartId", reservation.id AS "reservationId",
      reservation.expires_at AS "expiresAt",
      json_agg(json_build_object('variantId', line.variant_id, 'quantity', line.quantity)) AS lines
    FROM reservations AS reservation
      JOIN reservation_lines AS line ON line.reservation_id = reservation.id
    WHERE reservation.cart_id = ANY (${[...cartIds]}::text[]) AND reservation.order_id IS NULL
      AND reservation.status = 'HELD' AND reservation.expires_at > ${now}
    GROUP BY reservation.id`;
}
