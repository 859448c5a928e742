import type { Deps } from '../context.js';
import type { Cart } from './cart.js';
import { findCartByShareToken } from './cart.store.js';
import { changeCart, type CartAim, type CartRefusal } from './change-cart.action.js';
import { hashOfToken, newSecretToken } from './secret-token.js';

export type ShareCartOutcome = { kind: 'shared'; cartId: string; shareToken: string } | CartRefusal;

/** Makes a secret others can look at the cart with, but not change it. An earlier one stops working. */
export async function shareCart(deps: Deps, aim: CartAim): Promise<ShareCartOutcome> {
  const shareToken = newSecretToken();
  const outcome = await changeCart(deps, aim, () =>
    Promise.resolve({ kind: 'change', change: { shareTokenHash: hashOfToken(shareToken) } }),
  );
  return outcome.kind === 'changed' ? { kind: 'shared', cartId: outcome.cartId, shareToken } : outcome;
}

/** The cart a share token shows. */
export function findSharedCart(deps: Deps, shareToken: string): Promise<Cart | null> {
  return findCartByShareToken(deps.prisma, hashOfToken(shareToken));
}
