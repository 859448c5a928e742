import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import type { Order } from '../orders/order.js';
import { ShipmentStatus, type Packed, type Shipment } from './shipment.js';
import { insertShipments } from './shipment.store.js';

/** Writes down parcels that were sent in the past, one per order. */
export async function bookShipments(
  tx: Transaction,
  sent: readonly { order: Order; lines: readonly Packed[]; shippedAt: Date; deliveredAt: Date | null }[],
): Promise<void> {
  await insertShipments(
    tx,
    sent.map(({ order, lines, shippedAt, deliveredAt }) => ({
      shipment: shipmentOf(order, { shippedAt, deliveredAt }),
      lines,
    })),
  );
}

function shipmentOf(order: Order, moments: { shippedAt: Date; deliveredAt: Date | null }): Shipment {
  const { shippedAt, deliveredAt } = moments;
  return {
    id: newId('shipment'),
    orderId: order.id,
    sellerId: null,
    warehouseId: null,
    carrier: order.shippingMethod ?? 'USPS',
    trackingNumber: order.number.replaceAll('-', ''),
    trackingUrl: null,
    status: deliveredAt ? ShipmentStatus.DELIVERED : ShipmentStatus.SHIPPED,
    createdById: null,
    createdAt: shippedAt,
    updatedAt: deliveredAt ?? shippedAt,
    shippedAt,
    deliveredAt,
  };
}
