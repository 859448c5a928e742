import { changeCart, type CartRefusal } from '../carts/change-cart.action.js';
import { refreshQuotes, fill } from '../carts/checkout-cart.action.js';
import { findHeldCart, type CartHolder } from '../carts/find-cart.action.js';
import { optionsFor } from '../carts/price-cart.js';
import type { Deps } from '../context.js';
import type { Address } from '../shipping/address.js';
import { needsShipping } from '../shipping/shipping.js';
import { holdCart, type LineShortage } from './hold-cart.action.js';

type Invalid = { kind: 'invalid'; path: string[]; message: string };

export type ReserveCheckoutOutcome =
  | { kind: 'reserved'; cartId: string }
  | { kind: 'out-of-stock'; lines: LineShortage[] }
  | Invalid
  | CartRefusal;

/**
 * Says where a cart goes and how, and holds everything in it while the shopper types their card number. Doing it again
 * holds again, for as long; nothing is held twice.
 */
export async function reserveCheckout(
  deps: Deps,
  holder: CartHolder,
  delivery: { email: string | null; shippingAddress: Address; shippingOption: string | null },
): Promise<ReserveCheckoutOutcome> {
  const before = await findHeldCart(deps.prisma, holder, deps.now());
  if (before.kind !== 'found') return before;
  const { gone } = await refreshQuotes(deps, await fill(deps.prisma, before.cart));
  if (gone[0]) return invalid(['cart', gone[0]], 'Something in the cart is no longer for sale.');

  const { email, shippingAddress, shippingOption } = delivery;
  type Failure = { kind: 'out-of-stock'; lines: LineShortage[] } | Invalid;
  const changed = await changeCart<Failure>(
    deps,
    { ...holder, expectedVersion: null },
    async (tx, cart, now) => {
      const { lines } = await fill(tx, cart);
      if (lines.length === 0) return invalid(['cart'], 'The cart is empty.');
      const offered = optionsFor({ lines }, shippingAddress);
      const isOffered = offered.some(({ code }) => code === shippingOption);
      if (needsShipping(lines) && !isOffered)
        return invalid(['input', 'shippingOptionId'], 'It is not sent there that way.');
      const expiresAt = new Date(now.getTime() + deps.config.reservationMinutes * 60_000);
      const held = await holdCart(tx, { cartId: cart.id, lines, expiresAt, now });
      if (held.kind === 'out-of-stock') return held;
      const change = {
        shippingAddress,
        shippingOption: isOffered ? shippingOption : null,
        ...(email !== null && { email }),
      };
      return { kind: 'change', change };
    },
  );
  return changed.kind === 'changed' ? { kind: 'reserved', cartId: changed.cartId } : changed;
}

const invalid = (path: string[], message: string): Invalid => ({ kind: 'invalid', path, message });
