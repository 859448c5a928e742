import type { Deps, Transaction } from '../context.js';
import { findCouponsOfCart } from '../coupons/put-coupon.action.js';
import { announceCart } from './announce-cart.action.js';
import { CartStatus, type Cart, type CartLine } from './cart.js';
import { findLinesOfCarts, repinLines, updateCart } from './cart.store.js';
import { lockHeldCart, type CartHolder } from './find-cart.action.js';
import type { FullCart } from './price-cart.js';

export type LockFullCartOutcome =
  { kind: 'found'; cart: FullCart } | { kind: 'not-found' } | { kind: 'expired' };

/** The cart somebody holds, with lines and coupons, kept from changing until the transaction ends. */
export async function lockFullCart(
  tx: Transaction,
  holder: CartHolder,
  now: Date,
): Promise<LockFullCartOutcome> {
  const found = await lockHeldCart(tx, holder, now);
  if (found.kind !== 'found') return found;
  return { kind: 'found', cart: await fill(tx, found.cart) };
}

/** A cart with its lines and coupons. */
export async function fill(tx: Transaction, cart: Cart): Promise<FullCart> {
  return {
    ...cart,
    lines: await findLinesOfCarts(tx, [cart.id]),
    coupons: await findCouponsOfCart(tx, cart.id),
  };
}

/** Closes a locked cart that has become an order; a customer's next one starts empty. */
export async function closeCart(
  tx: Transaction,
  { cartId, now }: { cartId: string; now: Date },
): Promise<void> {
  await updateCart(tx, cartId, { status: CartStatus.ORDERED, updatedAt: now });
}

/** What asking again for expired promises came to. */
export type RefreshQuotesOutcome = {
  /** Lines that now cost something else. */
  readonly changed: readonly string[];
  /** Lines that are no longer for sale. */
  readonly gone: readonly string[];
};

/**
 * Asks catalog again where a promised price has run out, and pins the answers. Call it before opening the
 * transaction that charges.
 *
 * @throws {GraphQLError} `SUBGRAPH_UNAVAILABLE` when catalog does not answer; nothing is written then
 */
export async function refreshQuotes(
  deps: Deps,
  cart: Pick<FullCart, 'id' | 'lines'>,
): Promise<RefreshQuotesOutcome> {
  const now = deps.now();
  const stale = cart.lines.filter(({ quoteExpiresAt }) => quoteExpiresAt <= now);
  if (stale.length === 0) return { changed: [], gone: [] };
  const answers = await deps.quotes.quoteLines(stale.map(requestOf));
  const fresh = stale.flatMap((line, index) => {
    const answer = answers[index];
    return answer?.kind === 'quoted' ? [{ line, quote: answer.quote }] : [];
  });
  await repinLines(
    deps.prisma,
    fresh.map(({ line: { id, quantity }, quote }) => ({ id, quantity, quote })),
    now,
  );
  const changed = fresh.filter(({ line, quote }) => line.unitPriceMinor !== quote.unitPriceMinor);
  if (changed.length > 0) await announceCart(deps, cart.id);
  const known = new Set(fresh.map(({ line }) => line.id));
  return {
    changed: changed.map(({ line }) => line.id),
    gone: stale.map(({ id }) => id).filter((id) => !known.has(id)),
  };
}

const requestOf = ({ variantId, quantity, customizations }: CartLine) => ({
  variantId,
  quantity,
  customizationValueIds: customizations.map(({ valueId }) => valueId),
});
