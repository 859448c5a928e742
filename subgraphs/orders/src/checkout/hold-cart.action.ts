import { randomUUID } from 'node:crypto';
import type { Transaction } from '../context.js';
import { holdStock, type Shortage } from '../stock/hold-stock.action.js';
import { assignReservation, releaseReservation } from '../stock/settle-reservation.action.js';
import { sumByVariant, type Demand } from '../stock/stock.js';
import { findHoldsOfCarts, type CartHold } from './checkout.store.js';

/** A line of a cart of which there is not enough, and how many can be had instead. */
export type LineShortage = {
  readonly lineId: string;
  readonly name: string;
  readonly available: number;
};

type HeldLine = Demand & { readonly id: string; readonly productName: string; readonly variantName: string };

/** Holds what is in a locked cart, in place of what may be held for it already. */
export async function holdCart(
  tx: Transaction,
  wish: { cartId: string; lines: readonly HeldLine[]; expiresAt: Date; now: Date },
): Promise<{ kind: 'held' } | { kind: 'out-of-stock'; lines: LineShortage[] }> {
  await takeOverHold(tx, { ...wish, orderId: null });
  const held = await holdStock(tx, { ...wish, reservationId: randomUUID() });
  return held.kind === 'held' ? held : { kind: 'out-of-stock', lines: onLines(held.lines, wish.lines) };
}

/** Shortages of variants, shown on the lines that want them. */
export function onLines(shortages: readonly Shortage[], lines: readonly HeldLine[]): LineShortage[] {
  return lines.flatMap(({ id, variantId, productName, variantName }) => {
    const short = shortages.find((shortage) => shortage.variantId === variantId);
    return short ? [{ lineId: id, name: `${productName} (${variantName})`, available: short.available }] : [];
  });
}

/**
 * Makes what is held for a locked cart its order's, if it fits, so that a shopper who came this far is not told that
 * it is sold out. What does not fit is let go.
 *
 * @returns the reservation the order has now, or `null` when it has yet to hold its stock
 */
export async function takeOverHold(
  tx: Transaction,
  wish: { cartId: string; orderId: string | null; lines: readonly Demand[]; expiresAt: Date; now: Date },
): Promise<string | null> {
  const { cartId, orderId, lines, expiresAt, now } = wish;
  let taken: string | null = null;
  for (const hold of await findHoldsOfCarts(tx, [cartId], now)) {
    const { reservationId } = hold;
    if (orderId !== null && taken === null && fits(hold, lines)) {
      if (await assignReservation(tx, { reservationId, orderId, expiresAt })) taken = reservationId;
    } else await releaseReservation(tx, { reservationId, reason: 'the cart changed', now });
  }
  return taken;
}

function fits(hold: CartHold, lines: readonly Demand[]): boolean {
  return JSON.stringify(sumByVariant(hold.lines)) === JSON.stringify(sumByVariant(lines));
}
