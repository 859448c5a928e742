import type { Viewer } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { CartStatus, isExpired, keepUntil, type Cart } from './cart.js';
import { insertCart, lockCart, updateCart } from './cart.store.js';
import { lockHeldCart, type CartHolder } from './find-cart.action.js';
import { hashOfToken, newSecretToken } from './secret-token.js';

type Opening = { readonly deps: Deps; readonly now: Date };

/** A locked, open cart. `cartToken` is the secret of one just opened for a guest. */
export type OpenCart = { kind: 'open'; cart: Cart; cartToken: string | null };

/** The cart somebody holds; who names none and has none gets a new one. */
export async function lockOrOpenCart(
  tx: Transaction,
  { deps, aim, now }: Opening & { aim: CartHolder },
): Promise<OpenCart | { kind: 'not-found' } | { kind: 'expired' }> {
  const held = await lockHeldCart(tx, aim, now);
  if (held.kind === 'found') return { kind: 'open', cart: held.cart, cartToken: null };
  if (aim.cartToken !== null) return held;
  return openCart(tx, aim.viewer, { deps, now });
}

/** A customer's own cart, reopened if time was up, or a new one for a guest. */
export async function openCart(tx: Transaction, viewer: Viewer, { deps, now }: Opening): Promise<OpenCart> {
  const ownerId = viewer.kind === 'user' ? viewer.id : null;
  if (ownerId !== null) {
    const earlier = await lockCart(tx, { ownerId });
    if (earlier && !isExpired(earlier, now)) return { kind: 'open', cart: earlier, cartToken: null };
    if (earlier) await updateCart(tx, earlier.id, { status: CartStatus.EXPIRED, updatedAt: now });
  }
  const cartToken = ownerId === null ? newSecretToken() : null;
  const id = newId('cart');
  await insertCart(tx, {
    id,
    ownerId,
    tokenHash: cartToken && hashOfToken(cartToken),
    currency: deps.config.currency,
    createdAt: now,
    expiresAt: keepUntil(now, deps.config.cartDays),
  });
  // Another request of the same customer may have opened one first: that one it is then.
  const cart = await lockCart(tx, ownerId === null ? { id } : { ownerId });
  if (!cart) throw new Error('the cart just opened is gone');
  return { kind: 'open', cart, cartToken };
}
