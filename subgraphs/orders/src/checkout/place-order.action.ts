import { randomUUID } from 'node:crypto';
import { publish } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Viewer } from '@storegraph/identity';
import { closeCart, lockFullCart, refreshQuotes } from '../carts/checkout-cart.action.js';
import { priceCart, type CartPrice, type FullCart } from '../carts/price-cart.js';
import { hashOfToken } from '../carts/secret-token.js';
import type { Deps, Transaction } from '../context.js';
import { customerKeyOf, type CouponProblem } from '../coupons/coupon.js';
import { redeemCoupon } from '../coupons/redeem-coupon.action.js';
import { runOnce } from '../idempotency/run-once.action.js';
import { findOrderById } from '../orders/find-orders.action.js';
import { guestTokenOf, type Order } from '../orders/order.js';
import { nextCounter, writeOrder } from '../orders/write-order.action.js';
import { paid, placed, statusChanged } from '../orders/order.events.js';
import { MOST_PAYABLE_MINOR, type Payment } from '../payments/payment.js';
import { bookPayments } from '../payments/payment-books.action.js';
import { firstPayment, prepareIntent } from '../payments/prepare-intent.action.js';
import type { Address } from '../shipping/address.js';
import { needsShipping } from '../shipping/shipping.js';
import { commitReservation } from '../stock/settle-reservation.action.js';
import { findShortages } from '../stock/find-shortages.action.js';
import { holdStock, type Shortage } from '../stock/hold-stock.action.js';
import { inTransaction } from '../transaction.js';
import { onLines, takeOverHold, type LineShortage } from './hold-cart.action.js';
import { draftOrder, type DraftOrder } from './new-order.js';

export type PlaceOrderInput = {
  readonly viewer: Viewer;
  readonly cartToken: string | null;
  readonly email: string | null;
  readonly idempotencyKey: string;
  /** What the shopper was shown; minor units. */
  readonly expectedTotalMinor: bigint | null;
  readonly billingAddress: Address | null;
  readonly notes: string | null;
};

export type PlaceOrderRefusal =
  | { kind: 'out-of-stock'; lines: LineShortage[] }
  | { kind: 'price-changed'; cartId: string }
  | { kind: 'coupon-invalid'; code: string; problem: CouponProblem }
  | { kind: 'invalid'; path: string[]; message: string }
  | { kind: 'expired' }
  | { kind: 'not-found' };

export type PlaceOrderOutcome =
  | {
      kind: 'placed';
      order: Order;
      /** What the shopper pays with; `null` when there is nothing to pay, or the provider does not answer yet. */
      clientSecret: string | null;
      /** The secret a guest holds the order by. */
      guestToken: string | null;
      replayed: boolean;
    }
  | { kind: 'mismatch' }
  | PlaceOrderRefusal;

/** Undoes the transaction and carries its outcome out of it. */
class Refused extends Error {
  constructor(readonly outcome: PlaceOrderRefusal | { kind: 'stale'; cart: FullCart }) {
    super(outcome.kind);
  }
}

/**
 * Turns a cart into an order, once per idempotency key for two days: the same key and input answer the same order,
 * also to fifty at once and after a restart. One transaction holds the stock, uses the coupons, prices the cart,
 * writes the order, its history and the attempt to pay it, and closes the cart; whatever stands in the way leaves no
 * trace, not even of the key. The provider is asked for an intent after that; when it does not answer, the order
 * stands and waits for `payOrder` or the reconciler.
 */
export async function placeOrder(deps: Deps, input: PlaceOrderInput): Promise<PlaceOrderOutcome> {
  const first = await attempt(deps, input);
  if (first.kind !== 'stale') return first;
  const refreshed = await refreshQuotes(deps, first.cart);
  const [gone] = refreshed.gone;
  if (gone)
    return { kind: 'invalid', path: ['cart', gone], message: 'Something in the cart is no longer for sale.' };
  if (refreshed.changed.length > 0) return { kind: 'price-changed', cartId: first.cart.id };
  const second = await attempt(deps, input);
  return second.kind === 'stale' ? { kind: 'price-changed', cartId: second.cart.id } : second;
}

async function attempt(
  deps: Deps,
  input: PlaceOrderInput,
): Promise<PlaceOrderOutcome | { kind: 'stale'; cart: FullCart }> {
  const now = deps.now();
  const { idempotencyKey: key, viewer, cartToken, ...asked } = input;
  const holder = cartToken ? hashOfToken(cartToken) : viewer.kind === 'user' ? viewer.id : null;
  if (holder === null) return { kind: 'not-found' };
  const request = { scope: `place-order:${holder}`, key, input: asked, now };
  try {
    let written: Written | null = null;
    const done = await inTransaction(deps.prisma, (tx) =>
      runOnce(tx, request, async () => {
        written = await write(deps, tx, { ...input, now });
        return { orderId: written.order.id };
      }),
    );
    if (done.kind === 'mismatch') return done;
    return await answer(deps, done.replayed ? null : written, { orderId: done.result.orderId, input });
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

/** What a transaction has just written; `payment` is `null` when nothing is to be paid. */
type Written = { readonly order: Order; readonly payment: Payment | null };

async function answer(
  deps: Deps,
  written: Written | null,
  { orderId, input: { cartToken, viewer } }: { orderId: string; input: PlaceOrderInput },
): Promise<PlaceOrderOutcome> {
  const order = written?.order ?? (await findOrderById(deps.prisma, orderId));
  if (!order) throw new Error(`order ${orderId} was placed and is gone`);
  const isForeign = order.customerId !== null && (viewer.kind !== 'user' || viewer.id !== order.customerId);
  if (isForeign) return { kind: 'not-found' };
  const guestToken = order.customerId === null && cartToken ? guestTokenOf(order.id, cartToken) : null;
  const replayed = written === null;
  if (order.totalMinor === 0n) return { kind: 'placed', order, clientSecret: null, guestToken, replayed };
  const prepared = await prepareIntent(deps, { ...order, payment: written?.payment ?? undefined });
  const clientSecret = prepared.kind === 'ready' ? prepared.payment.clientSecret : null;
  return { kind: 'placed', order, clientSecret, guestToken, replayed };
}

async function write(deps: Deps, tx: Transaction, input: PlaceOrderInput & { now: Date }): Promise<Written> {
  const { now, cartToken, viewer } = input;
  const found = await lockFullCart(tx, { cartToken, viewer }, now);
  if (found.kind !== 'found') throw new Refused(found);
  const cart = { ...found.cart, email: input.email ?? found.cart.email };
  const price = check(cart, input);
  const id = newId('order');
  const guestTokenHash = cart.ownerId === null && cartToken ? hashOfToken(guestTokenOf(id, cartToken)) : null;
  const draft = draftOrder(cart, price, {
    id,
    counter: await nextCounter(tx),
    guestTokenHash,
    ...requireDelivery(cart),
    billingAddress: input.billingAddress,
    notes: input.notes,
    byId: viewer.kind === 'user' ? viewer.id : null,
    now,
  });
  await redeemCoupons(tx, { draft, cart, now });
  await closeCart(tx, { cartId: cart.id, now });
  return hold(deps, tx, { draft, cart, now });
}

/** The scarce rows last: they are locked until the transaction ends. */
async function hold(
  deps: Deps,
  tx: Transaction,
  { draft, cart, now }: { draft: DraftOrder; cart: FullCart; now: Date },
): Promise<Written> {
  const { lines } = draft;
  const { id: orderId, cartId, totalMinor } = draft.order;
  const expiresAt = new Date(now.getTime() + deps.config.reservationMinutes * 60_000);
  const refuseShort = (short: readonly Shortage[]): never => {
    throw new Refused({ kind: 'out-of-stock', lines: onLines(short, cart.lines) });
  };
  const taken = cartId && (await takeOverHold(tx, { cartId, orderId, lines, expiresAt, now }));
  const short = taken ? [] : await findShortages(tx, lines, now);
  if (short.length > 0) refuseShort(short);
  const reservationId = taken ?? randomUUID();
  const order = { ...draft.order, reservationId };
  const isFree = totalMinor === 0n;
  await writeOrder(tx, { ...draft, order });
  const payment = isFree ? null : firstPayment(order, deps.provider.name, now);
  if (payment) await bookPayments(tx, [payment]);
  await publish(
    tx,
    placed(order, lines),
    ...(isFree ? [paid(order, lines)] : []),
    statusChanged(order, 1, lines),
  );
  if (!taken) {
    const held = await holdStock(tx, { reservationId, lines, cartId, orderId, expiresAt, now });
    if (held.kind === 'out-of-stock') refuseShort(held.lines);
  }
  if (isFree) await commitReservation(tx, { reservationId, orderId, now });
  return { order, payment };
}

/** What has to be right before anything is written. */
function check(cart: FullCart, input: PlaceOrderInput & { now: Date }): CartPrice {
  const refuseFor = (path: string[], message: string): never => {
    throw new Refused({ kind: 'invalid', path, message });
  };
  if (cart.lines.length === 0) refuseFor(['cart'], 'The cart is empty.');
  if (cart.lines.some(({ quoteExpiresAt }) => quoteExpiresAt <= input.now))
    throw new Refused({ kind: 'stale', cart });
  if (cart.email === null) refuseFor(['input', 'email'], 'Say where to send the confirmation.');
  if (cart.shippingAddress === null) refuseFor(['cart', 'shippingAddress'], 'Say where it is to be sent.');
  const price = priceCart(cart, input.now);
  if (needsShipping(cart.lines) && !price.shipping)
    refuseFor(['cart', 'shippingOption'], 'Choose how it is to be sent.');
  for (const { coupon } of cart.coupons) {
    const problem = price.problems.get(coupon.id);
    if (problem) throw new Refused({ kind: 'coupon-invalid', code: coupon.code, problem });
  }
  const { totalMinor } = price.totals;
  if (input.expectedTotalMinor !== null && input.expectedTotalMinor !== totalMinor)
    throw new Refused({ kind: 'price-changed', cartId: cart.id });
  if (totalMinor > MOST_PAYABLE_MINOR) refuseFor(['cart'], 'That is more than can be paid at once.');
  return price;
}

function requireDelivery({ email, shippingAddress }: FullCart): { email: string; shippingAddress: Address } {
  if (email === null || shippingAddress === null) throw new RangeError('the cart was not checked');
  return { email, shippingAddress };
}

async function redeemCoupons(
  tx: Transaction,
  { draft: { order }, cart, now }: { draft: DraftOrder; cart: FullCart; now: Date },
): Promise<void> {
  const customerKey = customerKeyOf(order) ?? order.email;
  const byId = [...cart.coupons].sort((left, right) => (left.coupon.id < right.coupon.id ? -1 : 1));
  for (const { coupon } of byId) {
    const use = { couponId: coupon.id, orderId: order.id, customerKey, goodsMinor: order.subtotalMinor, now };
    const redeemed = await redeemCoupon(tx, use);
    if (redeemed.kind === 'invalid')
      throw new Refused({ kind: 'coupon-invalid', code: coupon.code, problem: redeemed.problem });
  }
}
