import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import type { QuoteAnswer, QuoteRequest } from '../quotes/quote.js';
import { announceCart } from './announce-cart.action.js';
import { addUp, keepUntil, lineKeyOf, requestKeyOf, type LineAddition } from './cart.js';
import { addLines, findLinesOfCarts, updateCart } from './cart.store.js';
import type { CartAim, CartRefusal } from './change-cart.action.js';
import { findHeldCart } from './find-cart.action.js';
import { lockOrOpenCart } from './open-cart.action.js';

export type AddCartLinesOutcome =
  /** `cartToken` is the secret of a guest's new cart, told this once. */
  | { kind: 'added'; cartId: string; cartToken: string | null }
  | UnpricedLine
  | { kind: 'too-many-of-one'; line: number }
  | { kind: 'too-many-lines' }
  | CartRefusal;

/** A line, by its position, that catalog promises no price for. */
export type UnpricedLine =
  { kind: 'no-such-variant'; line: number } | { kind: 'not-for-sale-so'; line: number; message: string };

/**
 * Puts things into a cart at the price catalog promises for them, all lines or none. Who has no cart gets one: a
 * customer by name, a guest by secret. A line like one that is there adds to it.
 *
 * @throws {GraphQLError} `SUBGRAPH_UNAVAILABLE` when catalog does not answer; nothing is written then
 */
export async function addCartLines(
  deps: Deps,
  aim: CartAim,
  requested: readonly QuoteRequest[],
): Promise<AddCartLinesOutcome> {
  const now = deps.now();
  const found = await findHeldCart(deps.prisma, aim, now);
  if (aim.cartToken !== null && found.kind !== 'found') return found;
  const cartId = found.kind === 'found' ? found.cart.id : null;
  const answers = await deps.quotes.quoteLines(await withPresent(deps, cartId, requested));
  const priced = additionsOf(requested, answers);
  if (priced.kind !== 'priced') return priced;

  const outcome = await deps.prisma.$transaction((tx) => put(tx, priced.additions, { deps, aim, now }));
  if (outcome.kind === 'added') await announceCart(deps, outcome.cartId);
  return outcome;
}

async function put(
  tx: Transaction,
  additions: readonly LineAddition[],
  { deps, aim, now }: { deps: Deps; aim: CartAim; now: Date },
): Promise<AddCartLinesOutcome> {
  const opened = await lockOrOpenCart(tx, { deps, aim, now });
  if (opened.kind !== 'open') return opened;
  const { cart, cartToken } = opened;
  if (aim.expectedVersion !== null && aim.expectedVersion !== cart.version)
    return { kind: 'changed-meanwhile', currentVersion: cart.version };
  const sum = addUp(await findLinesOfCarts(tx, [cart.id]), additions);
  if (sum.kind !== 'fits') return sum;
  await addLines(
    tx,
    sum.additions.map(({ quantity, quote }) => ({
      id: newId('cartLine'),
      cartId: cart.id,
      quantity,
      quote,
      unitPriceWhenAddedMinor: quote.unitPriceMinor,
    })),
    now,
  );
  await updateCart(tx, cart.id, { updatedAt: now, expiresAt: keepUntil(now, deps.config.cartDays) });
  return { kind: 'added', cartId: cart.id, cartToken };
}

function additionsOf(
  requested: readonly QuoteRequest[],
  answers: readonly QuoteAnswer[],
): { kind: 'priced'; additions: LineAddition[] } | UnpricedLine {
  const additions: LineAddition[] = [];
  for (const [line, { quantity }] of requested.entries()) {
    const answer = answers[line];
    if (!answer || answer.kind === 'unknown') return { kind: 'no-such-variant', line };
    if (answer.kind === 'problem') return { kind: 'not-for-sale-so', line, message: answer.message };
    additions.push({ quantity, quote: answer.quote });
  }
  return { kind: 'priced', additions };
}

/** The quantities to ask prices for: what is added and what is there already, since prices may depend on it. */
async function withPresent(
  deps: Deps,
  cartId: string | null,
  requested: readonly QuoteRequest[],
): Promise<QuoteRequest[]> {
  const totals = new Map<string, number>();
  const lines = cartId === null ? [] : await findLinesOfCarts(deps.prisma, [cartId]);
  for (const line of lines) totals.set(lineKeyOf(line), line.quantity);
  for (const line of requested)
    totals.set(requestKeyOf(line), (totals.get(requestKeyOf(line)) ?? 0) + line.quantity);
  return requested.map((line) => ({ ...line, quantity: totals.get(requestKeyOf(line)) ?? line.quantity }));
}
