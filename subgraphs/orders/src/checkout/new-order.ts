import type { CartPrice, FullCart } from '../carts/price-cart.js';
import { newId } from '@storegraph/ids';
import { OrderStatus } from '../orders/order-lifecycle.js';
import {
  orderNumber,
  type Order,
  type OrderDiscount,
  type OrderEvent,
  type OrderLine,
  type OrderTaxLine,
} from '../orders/order.js';
import { PaymentStatus } from '../payments/payment.js';
import type { Address } from '../shipping/address.js';

/** A cart, written down as an order. */
export type DraftOrder = {
  readonly order: Order;
  readonly lines: OrderLine[];
  readonly taxLines: Omit<OrderTaxLine, 'orderId'>[];
  readonly discounts: Omit<OrderDiscount, 'orderId'>[];
  readonly events: Omit<OrderEvent, 'orderId'>[];
};

/** What an order has that its cart has not. */
export type OrderTerms = {
  readonly id: string;
  readonly counter: bigint;
  readonly email: string;
  readonly guestTokenHash: string | null;
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly notes: string | null;
  readonly byId: string | null;
  readonly now: Date;
};

/** The order a cart becomes, at the price it was shown with. Nothing to pay means that it is paid. */
export function draftOrder(cart: FullCart, { totals, shipping }: CartPrice, terms: OrderTerms): DraftOrder {
  const { id, counter, now, byId, ...given } = terms;
  const isFree = totals.totalMinor === 0n;
  const status = isFree ? OrderStatus.PAID : OrderStatus.AWAITING_PAYMENT;
  const lineIds = new Map(cart.lines.map((line) => [line.id, newId('orderLine')]));
  return {
    order: {
      ...given,
      id,
      number: orderNumber(counter, now),
      customerId: cart.ownerId,
      status,
      paymentStatus: isFree ? PaymentStatus.CAPTURED : PaymentStatus.PENDING,
      currency: cart.currency,
      subtotalMinor: totals.subtotalMinor,
      discountMinor: totals.discountMinor,
      shippingMinor: totals.shippingMinor,
      taxMinor: totals.taxMinor,
      totalMinor: totals.totalMinor,
      taxMode: totals.taxMode,
      roundingMode: totals.roundingMode,
      shippingMethod: shipping ? `${shipping.carrier} ${shipping.service}` : null,
      cartId: cart.id,
      reservationId: null,
      version: 1,
      placedAt: now,
      updatedAt: now,
    },
    lines: cart.lines.map((line, index) => toOrderLine(line, { id, index, lineIds, totals })),
    taxLines: totals.taxes.map(({ lineId, ...tax }, index) => ({
      ...tax,
      position: index + 1,
      orderLineId: lineId === null ? null : (lineIds.get(lineId) ?? null),
    })),
    discounts: totals.discounts.map((discount, index) => ({ ...discount, position: index + 1 })),
    events: [{ id: newId('orderEvent'), sequence: 1, status, notes: null, byId, at: now }],
  };
}

function toOrderLine(
  line: FullCart['lines'][number],
  {
    id,
    index,
    lineIds,
    totals,
  }: { id: string; index: number; lineIds: ReadonlyMap<string, string> } & Pick<CartPrice, 'totals'>,
): OrderLine {
  const price = totals.lines.get(line.id);
  const lineId = lineIds.get(line.id);
  if (!price || !lineId) throw new RangeError(`line ${line.id} has no price`);
  return {
    id: lineId,
    orderId: id,
    position: index + 1,
    variantId: line.variantId,
    productId: line.productId,
    sellerId: line.sellerId,
    sku: line.sku,
    productName: line.productName,
    variantName: line.variantName,
    customizations: line.customizations,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    ...price,
    refundedQuantity: 0,
    shippedQuantity: 0,
    requiresShipping: line.requiresShipping,
  };
}
