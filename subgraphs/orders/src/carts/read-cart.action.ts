import type { Deps } from '../context.js';
import type { Cart } from './cart.js';
import { findLinesOfCarts } from './cart.store.js';
import { refreshQuotes } from './checkout-cart.action.js';
import { findHeldCart, type CartHolder } from './find-cart.action.js';

/**
 * The open cart somebody holds, with prices that are promised now. When catalog does not answer, the prices are the
 * ones promised last; checkout asks again.
 */
export async function readCart(deps: Deps, holder: CartHolder): Promise<Cart | null> {
  const found = await findHeldCart(deps.prisma, holder, deps.now());
  if (found.kind !== 'found') return null;
  try {
    const lines = await findLinesOfCarts(deps.prisma, [found.cart.id]);
    await refreshQuotes(deps, { id: found.cart.id, lines });
  } catch (error) {
    deps.log.warn({ err: error, cartId: found.cart.id }, 'a cart shows prices promised earlier');
  }
  return found.cart;
}
