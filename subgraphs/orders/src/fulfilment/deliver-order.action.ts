import type { Deps } from '../context.js';
import { advanceOrder, factsOf, takeOrder } from '../orders/advance-order.action.js';
import {
  allowedTransitions,
  OrderStatus,
  statusAfterParcel,
  type OrderFacts,
} from '../orders/order-lifecycle.js';
import type { Order } from '../orders/order.js';
import { inTransaction } from '../transaction.js';
import { ShipmentStatus } from './shipment.js';
import { findShipmentsByOrders, markDelivered } from './shipment.store.js';

export type DeliverOrderOutcome =
  | { kind: 'delivered'; order: Order }
  | { kind: 'illegal'; from: OrderStatus; allowed: OrderStatus[]; reason: string }
  | { kind: 'not-found' };

/**
 * Notes that parcels have arrived: one, or all that are under way. With the last of them the order is delivered. Noting
 * it again changes nothing and succeeds.
 */
export function deliverOrder(
  deps: Deps,
  input: { orderId: string; shipmentId: string | null; byId: string },
): Promise<DeliverOrderOutcome> {
  const now = deps.now();
  return inTransaction(deps.prisma, async (tx): Promise<DeliverOrderOutcome> => {
    const order = await takeOrder(tx, input.orderId);
    const shipments = order ? await findShipmentsByOrders(tx, [order.id]) : [];
    const named = shipments.filter(({ id }) => input.shipmentId === null || id === input.shipmentId);
    if (!order || (input.shipmentId !== null && named.length === 0)) return { kind: 'not-found' };
    const arriving = named.filter(({ status }) => status === ShipmentStatus.SHIPPED).map(({ id }) => id);
    await markDelivered(tx, arriving, now);

    const facts = await factsOf(tx, order);
    const to = statusAfterArrival(facts);
    if (!to) {
      const allowed = allowedTransitions(order.status);
      return { kind: 'illegal', from: order.status, allowed, reason: 'Nothing has been sent.' };
    }
    const notes = arriving.length > 0 && to === order.status ? 'A parcel has arrived.' : null;
    const moved = await advanceOrder(tx, order, { to, notes, byId: input.byId, now });
    return moved.kind === 'illegal' ? moved : { kind: 'delivered', order: moved.order };
  });
}

/** What the order is once parcels arrived; `null` when none can have. */
function statusAfterArrival(facts: OrderFacts): OrderStatus | null {
  const { status, shippedQuantity, shippableQuantity } = facts;
  const isPaid = status === OrderStatus.PAID || status === OrderStatus.PROCESSING;
  if (shippableQuantity === 0 && isPaid) return OrderStatus.DELIVERED;
  if (shippedQuantity === 0) return null;
  const isClosed = [OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.REFUNDED].includes(status);
  return isClosed ? status : statusAfterParcel(facts);
}
