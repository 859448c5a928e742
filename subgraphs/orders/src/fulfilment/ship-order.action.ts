import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { advanceOrder, factsOf, linesOf, takeOrder } from '../orders/advance-order.action.js';
import { countShipped } from '../orders/count-lines.action.js';
import {
  allowedTransitions,
  mayShip,
  statusAfterParcel,
  type OrderStatus,
} from '../orders/order-lifecycle.js';
import type { Order } from '../orders/order.js';
import { inTransaction } from '../transaction.js';
import { pack, ShipmentStatus, type Packed, type Shipment } from './shipment.js';
import { insertShipments } from './shipment.store.js';

export type ShipOrderOutcome =
  | { kind: 'shipped'; order: Order; shipment: Shipment }
  | { kind: 'illegal'; from: OrderStatus; allowed: OrderStatus[]; reason: string }
  | { kind: 'impossible'; path: string[]; message: string }
  | { kind: 'not-found' };

/** Sends a parcel with part of a paid order, or with all that is left of it. */
export function shipOrder(
  deps: Deps,
  input: {
    orderId: string;
    /** `null` is everything that has yet to be sent. */
    lines: readonly Packed[] | null;
    carrier: string;
    trackingNumber: string | null;
    trackingUrl: string | null;
    byId: string;
    /** The seller who packs it; `null` for the shop's own people. */
    sellerId: string | null;
  },
): Promise<ShipOrderOutcome> {
  const now = deps.now();
  return inTransaction(deps.prisma, async (tx): Promise<ShipOrderOutcome> => {
    const order = await takeOrder(tx, input.orderId);
    if (!order) return { kind: 'not-found' };
    if (!mayShip(order.status)) return tooEarlyOrLate(order);
    const plan = pack(input.lines, await linesOf(tx, order.id), input.sellerId);
    if (plan.kind === 'impossible') return plan;
    const shipment: Shipment = {
      id: newId('shipment'),
      orderId: order.id,
      sellerId: input.sellerId,
      warehouseId: null,
      carrier: input.carrier,
      trackingNumber: input.trackingNumber,
      trackingUrl: input.trackingUrl,
      status: ShipmentStatus.SHIPPED,
      createdById: input.byId,
      createdAt: now,
      updatedAt: now,
      shippedAt: now,
      deliveredAt: null,
    };
    await insertShipments(tx, [{ shipment, lines: plan.lines }]);
    await countShipped(tx, plan.lines);
    return { kind: 'shipped', order: await show(tx, order, { shipment, now }), shipment };
  });
}

async function show(
  tx: Transaction,
  order: Order,
  { shipment, now }: { shipment: Shipment; now: Date },
): Promise<Order> {
  const { carrier, trackingNumber, createdById } = shipment;
  const moved = await advanceOrder(tx, order, {
    to: statusAfterParcel(await factsOf(tx, order)),
    notes: trackingNumber ? `Sent with ${carrier}, ${trackingNumber}.` : `Sent with ${carrier}.`,
    byId: createdById,
    now,
  });
  if (moved.kind === 'illegal') throw new Error(`order ${order.id} was sent but may not be: ${moved.reason}`);
  return moved.order;
}

function tooEarlyOrLate(order: Order): ShipOrderOutcome {
  const allowed = allowedTransitions(order.status);
  return {
    kind: 'illegal',
    from: order.status,
    allowed,
    reason: `An order that is ${order.status} is not sent.`,
  };
}
