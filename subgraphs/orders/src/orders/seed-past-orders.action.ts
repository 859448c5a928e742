import { publish, type DomainEvent } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { CartLine } from '../carts/cart.js';
import { CartStatus } from '../carts/cart.js';
import { priceCart, type FullCart } from '../carts/price-cart.js';
import { draftOrder, type DraftOrder } from '../checkout/new-order.js';
import type { Deps, Transaction } from '../context.js';
import { bookShipments } from '../fulfilment/book-shipments.action.js';
import { bookPayments } from '../payments/payment-books.action.js';
import { PaymentStatus, type Payment } from '../payments/payment.js';
import { firstPayment } from '../payments/prepare-intent.action.js';
import { bookRefunds } from '../refunds/book-refunds.action.js';
import type { Address } from '../shipping/address.js';
import { OrderStatus } from './order-lifecycle.js';
import { paid } from './order.events.js';
import { findOrdersOfCarts, insertOrders, nextOrderCounter } from './order.store.js';
import type { OrderLine } from './order.js';
import { historyOf, type PastStatus } from './past-order.js';

/** An order of a demonstration shop's past. Prices in minor units of the shop's currency. */
export type PastOrder = {
  /** Names it, so that it is written once. */
  readonly key: string;
  readonly customerId: string | null;
  readonly email: string;
  readonly status: PastStatus;
  readonly placedAt: Date;
  readonly shippingAddress: Address;
  /** The code of a shipping option of that country. */
  readonly shippingOption: string;
  readonly notes: string | null;
  readonly lines: readonly (Pick<
    OrderLine,
    | 'variantId'
    | 'productId'
    | 'sellerId'
    | 'sku'
    | 'productName'
    | 'variantName'
    | 'quantity'
    | 'unitPriceMinor'
  > & { readonly weightGrams?: number })[];
};

const AT_ONCE = 50;
const SENT = new Set<PastStatus>(['SHIPPED', 'DELIVERED', 'PARTIALLY_REFUNDED', 'REFUNDED']);
const UNPAID = new Set<PastStatus>(['AWAITING_PAYMENT', 'CANCELLED']);

/**
 * Gives a demonstration shop a past: orders priced as the shop prices them, with their histories, payments, parcels
 * and refunds. What is there stays as it is, so doing it again changes nothing. No stock moves.
 *
 * @param options.announce whether `order.paid` tells the other domains what was bought; it says when, too
 * @returns the ids of all, by key
 */
export async function seedPastOrders(
  deps: Deps,
  past: readonly PastOrder[],
  options: { announce: boolean },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { id, cartId } of await findOrdersOfCarts(deps.prisma, past.map(cartIdOf)))
    ids.set((cartId ?? '').slice(PREFIX.length), id);
  const missing = past.filter(({ key }) => !ids.has(key));
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const batch = missing.slice(from, from + AT_ONCE);
    await deps.prisma.$transaction(async (tx) => {
      for (const [key, id] of await write(deps, tx, { batch, ...options })) ids.set(key, id);
    });
  }
  return ids;
}

/** In place of the cart it never had. */
const PREFIX = 'past:';
const cartIdOf = ({ key }: PastOrder) => `${PREFIX}${key}`;

async function write(
  deps: Deps,
  tx: Transaction,
  { batch, announce }: { batch: readonly PastOrder[]; announce: boolean },
): Promise<[string, string][]> {
  const drafts: { past: PastOrder; draft: DraftOrder }[] = [];
  for (const past of batch) drafts.push({ past, draft: draftOf(deps, past, await nextOrderCounter(tx)) });
  await insertOrders(
    tx,
    drafts.map(({ draft }) => draft),
  );
  const payments = drafts.map(({ past, draft }) => paymentOf(deps, past, draft));
  await bookPayments(tx, payments);
  const sent = drafts.filter(({ past }) => SENT.has(past.status));
  await bookShipments(
    tx,
    sent.map(({ past, draft }) => ({
      order: draft.order,
      lines: draft.lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
      shippedAt: momentOf(draft, OrderStatus.SHIPPED),
      deliveredAt: past.status === 'SHIPPED' ? null : momentOf(draft, OrderStatus.DELIVERED),
    })),
  );
  await bookRefunds(
    tx,
    payments.flatMap((payment) =>
      payment.refundedMinor > 0n
        ? [{ payment, amountMinor: payment.refundedMinor, at: payment.updatedAt }]
        : [],
    ),
  );
  if (announce)
    await publish(
      tx,
      ...drafts.flatMap(({ past, draft }) => (UNPAID.has(past.status) ? [] : [paidThen(draft)])),
    );
  return drafts.map(({ past, draft }) => [past.key, draft.order.id]);
}

function draftOf(deps: Deps, past: PastOrder, counter: bigint): DraftOrder {
  const { email, shippingAddress, notes, placedAt, customerId } = past;
  const cart = cartOf(deps, past);
  const terms = {
    id: newId('order'),
    counter,
    email,
    guestTokenHash: null,
    shippingAddress,
    billingAddress: null,
    notes,
    byId: customerId,
    now: placedAt,
  };
  const draft = draftOrder(cart, priceCart(cart, placedAt), terms);
  const history = historyOf(past.status, placedAt, deps.now());
  const events = history.map(({ status, at }, index) => ({
    id: newId('orderEvent'),
    sequence: index + 1,
    status,
    notes: null,
    byId: index === 0 ? customerId : null,
    at,
  }));
  const updatedAt = history.at(-1)?.at ?? placedAt;
  const order = {
    ...draft.order,
    status: OrderStatus[past.status],
    paymentStatus: paymentStatusOf(past.status),
    version: events.length,
    updatedAt,
  };
  const isSent = SENT.has(past.status);
  const isBack = past.status === 'REFUNDED';
  const lines = draft.lines.map((line) => ({
    ...line,
    shippedQuantity: isSent ? line.quantity : 0,
    refundedQuantity: isBack ? line.quantity : 0,
  }));
  return { ...draft, order, lines, events };
}

function cartOf({ config }: Deps, past: PastOrder): FullCart {
  const { customerId, email, shippingAddress, shippingOption, placedAt } = past;
  return {
    id: cartIdOf(past),
    ownerId: customerId,
    status: CartStatus.ORDERED,
    currency: config.currency,
    version: 1,
    email,
    shippingAddress,
    shippingOption,
    mergedIntoId: null,
    createdAt: placedAt,
    updatedAt: placedAt,
    expiresAt: placedAt,
    coupons: [],
    lines: past.lines.map(({ weightGrams = 500, ...line }, index): CartLine => ({
      ...line,
      id: String(index),
      cartId: cartIdOf(past),
      weightGrams,
      customizations: [],
      requiresShipping: true,
      taxable: true,
      unitPriceWhenAddedMinor: line.unitPriceMinor,
      quoteToken: '',
      quoteExpiresAt: placedAt,
      createdAt: placedAt,
    })),
  };
}

function paymentOf(
  { provider }: Deps,
  { status, placedAt }: PastOrder,
  { order, lines }: DraftOrder,
): Payment {
  const capturedMinor = UNPAID.has(status) ? 0n : order.totalMinor;
  // A goodwill share of the first line, or all of it.
  const share = (lines[0]?.totalMinor ?? 0n) / 2n;
  const refundedMinor = status === 'REFUNDED' ? capturedMinor : status === 'PARTIALLY_REFUNDED' ? share : 0n;
  return {
    ...firstPayment(order, provider.name, placedAt),
    status: order.paymentStatus,
    capturedMinor,
    refundedMinor,
    updatedAt: order.updatedAt,
    checkedAt: order.updatedAt,
  };
}

function paymentStatusOf(status: PastStatus): PaymentStatus {
  if (status === 'AWAITING_PAYMENT') return PaymentStatus.PENDING;
  if (status === 'CANCELLED' || status === 'REFUNDED' || status === 'PARTIALLY_REFUNDED')
    return PaymentStatus[status];
  return PaymentStatus.CAPTURED;
}

const momentOf = ({ events, order }: DraftOrder, status: OrderStatus): Date =>
  events.find((event) => event.status === status)?.at ?? order.updatedAt;

function paidThen(draft: DraftOrder): DomainEvent {
  return { ...paid(draft.order, draft.lines), occurredAt: momentOf(draft, OrderStatus.PAID).toISOString() };
}
