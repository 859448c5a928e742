import {
  orderCancelled,
  orderPaid,
  orderPlaced,
  orderRefunded,
  orderStatusChanged,
  type DomainEvent,
} from '@storegraph/events';
import { OrderStatus } from './order-lifecycle.js';
import type { Order, OrderLine } from './order.js';

/** What the domain announces about orders. */

const wire = ({ id, variantId, productId, sellerId, quantity }: OrderLine) => ({
  orderLineId: id,
  variantId,
  productId,
  sellerId,
  quantity,
});

const whole = (order: Order, lines: readonly OrderLine[]) => ({
  aggregateId: order.id,
  data: {
    orderId: order.id,
    number: order.number,
    customerId: order.customerId,
    totalMinor: order.totalMinor.toString(),
    currency: order.currency,
    lines: lines.map(wire),
  },
});

export function placed(order: Order, lines: readonly OrderLine[]): DomainEvent {
  return orderPlaced(whole(order, lines));
}

export function paid(order: Order, lines: readonly OrderLine[]): DomainEvent {
  return orderPaid(whole(order, lines));
}

/** Tells what arrived when everything has. */
export function statusChanged(
  order: Order,
  sequence: number,
  lines: readonly OrderLine[] | null = null,
): DomainEvent {
  const { id, customerId, status } = order;
  const arrived = status === OrderStatus.DELIVERED && lines ? { lines: lines.map(wire) } : {};
  return orderStatusChanged({
    aggregateId: id,
    data: { orderId: id, customerId, sequence, status, ...arrived },
  });
}

export function cancelled(order: Order, lines: readonly OrderLine[], reason: string | null): DomainEvent {
  const { id, customerId } = order;
  return orderCancelled({
    aggregateId: id,
    data: { orderId: id, customerId, reason, lines: lines.map(wire) },
  });
}

export function refunded(
  order: Order,
  refund: {
    id: string;
    amountMinor: bigint;
    lines: readonly { orderLine: OrderLine; quantity: number }[];
  },
): DomainEvent {
  const { id, customerId, currency } = order;
  return orderRefunded({
    aggregateId: id,
    data: {
      orderId: id,
      customerId,
      refundId: refund.id,
      lines: refund.lines.map(({ orderLine, quantity }) => ({ ...wire(orderLine), quantity })),
      amountMinor: refund.amountMinor.toString(),
      currency,
    },
  });
}
