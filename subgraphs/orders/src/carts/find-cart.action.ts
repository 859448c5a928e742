import type { Viewer } from '@storegraph/identity';
import type { Deps, Transaction } from '../context.js';
import { CartStatus, isExpired, type Cart } from './cart.js';
import { findCart, lockCart, type CartKey } from './cart.store.js';
import { hashOfToken } from './secret-token.js';

/** Who asks for which cart: the one whose secret they hold, otherwise their own open one. */
export type CartHolder = { readonly cartToken: string | null; readonly viewer: Viewer };

export type FindCartOutcome = { kind: 'found'; cart: Cart } | { kind: 'not-found' } | { kind: 'expired' };

/** The open cart somebody holds. */
export async function findHeldCart(tx: Transaction, holder: CartHolder, now: Date): Promise<FindCartOutcome> {
  const key = keyOf(holder);
  return judge(key && (await findCart(tx, key)), holder, now);
}

/** As `findHeldCart`, and nobody else changes it until the transaction ends. */
export async function lockHeldCart(tx: Transaction, holder: CartHolder, now: Date): Promise<FindCartOutcome> {
  const key = keyOf(holder);
  return judge(key && (await lockCart(tx, key)), holder, now);
}

function isForeign({ ownerId }: Cart, { viewer }: CartHolder): boolean {
  return ownerId !== null && (viewer.kind !== 'user' || viewer.id !== ownerId);
}

function keyOf({ cartToken, viewer }: CartHolder): CartKey | null {
  if (cartToken !== null) return { tokenHash: hashOfToken(cartToken) };
  return viewer.kind === 'user' ? { ownerId: viewer.id } : null;
}

function judge(cart: Cart | null, holder: CartHolder, now: Date): FindCartOutcome {
  if (!cart || isForeign(cart, holder)) return { kind: 'not-found' };
  if (isExpired(cart, now)) return { kind: 'expired' };
  return cart.status === CartStatus.OPEN ? { kind: 'found', cart } : { kind: 'not-found' };
}

/** The cart somebody may watch: also one that has just become an order or part of another. */
export async function findWatchedCart(deps: Deps, holder: CartHolder): Promise<Cart | null> {
  const key = keyOf(holder);
  const cart = key && (await findCart(deps.prisma, key));
  return cart && !isForeign(cart, holder) ? cart : null;
}
