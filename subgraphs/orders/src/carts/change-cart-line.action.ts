import type { Deps } from '../context.js';
import { deleteLines, findLinesOfCarts, repinLines, setLineQuantity } from './cart.store.js';
import { changeCart, type CartAim, type CartRefusal } from './change-cart.action.js';
import { findHeldCart } from './find-cart.action.js';

export type ChangeCartLineOutcome =
  | { kind: 'changed'; cartId: string }
  | { kind: 'no-such-line' }
  | { kind: 'not-for-sale'; message: string }
  | CartRefusal;

/**
 * Sets how many of a line are wanted, at the price catalog promises for that many.
 *
 * @param input.quantity 1 to 999
 * @throws {GraphQLError} `SUBGRAPH_UNAVAILABLE` when catalog does not answer; nothing is written then
 */
export async function updateCartLine(
  deps: Deps,
  aim: CartAim,
  input: { lineId: string; quantity: number },
): Promise<ChangeCartLineOutcome> {
  const found = await findHeldCart(deps.prisma, aim, deps.now());
  if (found.kind !== 'found') return found;
  const line = (await findLinesOfCarts(deps.prisma, [found.cart.id])).find(({ id }) => id === input.lineId);
  if (!line) return { kind: 'no-such-line' };
  const customizationValueIds = line.customizations.map(({ valueId }) => valueId);
  const [answer] = await deps.quotes.quoteLines([
    { variantId: line.variantId, quantity: input.quantity, customizationValueIds },
  ]);
  if (answer?.kind === 'problem') return { kind: 'not-for-sale', message: answer.message };
  if (answer?.kind !== 'quoted') return { kind: 'not-for-sale', message: 'It is no longer for sale.' };
  const { quote } = answer;

  return changeCart<{ kind: 'no-such-line' }>(deps, aim, async (tx, cart, now) => {
    const present = await findLinesOfCarts(tx, [cart.id]);
    if (!present.some(({ id }) => id === line.id)) return { kind: 'no-such-line' };
    await setLineQuantity(tx, line.id, input.quantity);
    await repinLines(tx, [{ id: line.id, quantity: input.quantity, quote }], now);
    return { kind: 'change', change: {} };
  });
}

/** Takes a line out of a cart. */
export async function removeCartLine(
  deps: Deps,
  aim: CartAim,
  lineId: string,
): Promise<{ kind: 'changed'; cartId: string } | { kind: 'no-such-line' } | CartRefusal> {
  return changeCart<{ kind: 'no-such-line' }>(deps, aim, async (tx, cart) => {
    const present = await findLinesOfCarts(tx, [cart.id]);
    if (!present.some(({ id }) => id === lineId)) return { kind: 'no-such-line' };
    await deleteLines(tx, [lineId]);
    return { kind: 'change', change: {} };
  });
}
