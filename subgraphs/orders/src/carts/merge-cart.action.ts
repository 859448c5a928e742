import type { UserViewer } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { announceCart } from './announce-cart.action.js';
import { CartStatus, isExpired, keepUntil, lineKeyOf, MOST_LINES, MOST_PER_LINE, type Cart } from './cart.js';
import { addLines, copyCoupons, findLinesOfCarts, lockCart, updateCart } from './cart.store.js';
import { openCart } from './open-cart.action.js';
import { hashOfToken } from './secret-token.js';

export type MergeCartOutcome =
  | { kind: 'merged'; cartId: string }
  | { kind: 'not-found' }
  | { kind: 'expired' }
  | { kind: 'too-many-lines' };

/**
 * Moves what somebody gathered as a guest into their own cart when they sign in: equal lines add up to at most 999,
 * prices stay promised, discount codes come along. The guest's cart is closed; merging it again changes nothing.
 */
export async function mergeCart(
  deps: Deps,
  input: { viewer: UserViewer; cartToken: string },
): Promise<MergeCartOutcome> {
  const now = deps.now();
  const outcome = await deps.prisma.$transaction(async (tx): Promise<MergeCartOutcome> => {
    const guests = await lockCart(tx, { tokenHash: hashOfToken(input.cartToken) });
    if (!guests) return { kind: 'not-found' };
    if (guests.status === CartStatus.MERGED) return mergedBefore(tx, guests, input.viewer);
    if (isExpired(guests, now)) return { kind: 'expired' };
    if (guests.status !== CartStatus.OPEN) return { kind: 'not-found' };
    const { cart } = await openCart(tx, input.viewer, { deps, now });
    if (!(await moveLines(tx, { from: guests, to: cart, now }))) return { kind: 'too-many-lines' };
    await copyCoupons(tx, guests.id, cart.id);
    await updateCart(tx, guests.id, {
      status: CartStatus.MERGED,
      mergedIntoId: cart.id,
      updatedAt: now,
    });
    await updateCart(tx, cart.id, {
      shippingAddress: cart.shippingAddress ?? guests.shippingAddress,
      shippingOption: cart.shippingOption ?? guests.shippingOption,
      email: cart.email ?? guests.email,
      updatedAt: now,
      expiresAt: keepUntil(now, deps.config.cartDays),
    });
    return { kind: 'merged', cartId: cart.id };
  });
  if (outcome.kind === 'merged') await announceCart(deps, outcome.cartId);
  return outcome;
}

/** Only who merged it may know what became of it. */
async function mergedBefore(tx: Transaction, guests: Cart, viewer: UserViewer): Promise<MergeCartOutcome> {
  const into = guests.mergedIntoId === null ? null : await lockCart(tx, { id: guests.mergedIntoId });
  return into?.ownerId === viewer.id ? { kind: 'merged', cartId: into.id } : { kind: 'not-found' };
}

async function moveLines(
  tx: Transaction,
  { from, to, now }: { from: Cart; to: Cart; now: Date },
): Promise<boolean> {
  const lines = await findLinesOfCarts(tx, [from.id, to.id]);
  if (new Set(lines.map(lineKeyOf)).size > MOST_LINES) return false;
  const own = new Map(
    lines.filter(({ cartId }) => cartId === to.id).map((line) => [lineKeyOf(line), line.quantity]),
  );
  const moved = lines
    .filter(({ cartId }) => cartId === from.id)
    .map((line) => ({
      id: newId('cartLine'),
      cartId: to.id,
      quantity: Math.min(line.quantity, MOST_PER_LINE - (own.get(lineKeyOf(line)) ?? 0)),
      quote: { ...line, expiresAt: line.quoteExpiresAt, token: line.quoteToken },
      unitPriceWhenAddedMinor: line.unitPriceWhenAddedMinor,
    }))
    .filter(({ quantity }) => quantity > 0);
  await addLines(tx, moved, now);
  return true;
}
