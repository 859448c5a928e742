import type { Deps, Transaction } from '../context.js';
import { announceCart } from './announce-cart.action.js';
import { keepUntil, type Cart } from './cart.js';
import { updateCart, type CartChange } from './cart.store.js';
import { lockHeldCart, type CartHolder } from './find-cart.action.js';

/** Why a cart cannot be changed. */
export type CartRefusal =
  { kind: 'not-found' } | { kind: 'expired' } | { kind: 'changed-meanwhile'; currentVersion: number };

/** Whose cart, and the version they looked at if they care. */
export type CartAim = CartHolder & { readonly expectedVersion: number | null };

/**
 * Changes an open cart: one change at a time, a new version each, kept for as long again, announced once committed.
 *
 * @param work answers what changes of the cart itself, or an outcome of its own that leaves the version as it is
 */
export async function changeCart<Failure extends { kind: string } = never>(
  deps: Deps,
  aim: CartAim,
  work: (tx: Transaction, cart: Cart, now: Date) => Promise<{ kind: 'change'; change: CartChange } | Failure>,
): Promise<{ kind: 'changed'; cartId: string } | CartRefusal | Exclude<Failure, { kind: 'change' }>> {
  type Outcome = { kind: 'changed'; cartId: string } | CartRefusal | Exclude<Failure, { kind: 'change' }>;
  const now = deps.now();
  const outcome = await deps.prisma.$transaction(async (tx): Promise<Outcome> => {
    const found = await lockHeldCart(tx, aim, now);
    if (found.kind !== 'found') return found;
    const { cart } = found;
    if (aim.expectedVersion !== null && aim.expectedVersion !== cart.version)
      return { kind: 'changed-meanwhile', currentVersion: cart.version };
    const done = await work(tx, cart, now);
    if (done.kind !== 'change') return done as Exclude<Failure, { kind: 'change' }>;
    const { change } = done as { kind: 'change'; change: CartChange };
    await updateCart(tx, cart.id, {
      ...change,
      updatedAt: now,
      expiresAt: keepUntil(now, deps.config.cartDays),
    });
    return { kind: 'changed', cartId: cart.id };
  });
  if (outcome.kind === 'changed') await announceCart(deps, (outcome as { cartId: string }).cartId);
  return outcome;
}
