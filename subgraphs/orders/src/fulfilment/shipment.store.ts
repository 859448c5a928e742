import type { Database } from '@storegraph/orders-db';
import type { Packed, Shipment, ShipmentLine, ShipmentStatus } from './shipment.js';

export type { Database } from '@storegraph/orders-db';

type Row = Omit<Shipment, 'status'> & { status: string };

const toShipment = (row: Row): Shipment => ({ ...row, status: row.status as ShipmentStatus });

export async function insertShipments(
  db: Database,
  shipments: readonly { shipment: Shipment; lines: readonly Packed[] }[],
): Promise<void> {
  await db.shipment.createMany({ data: shipments.map(({ shipment }) => shipment) });
  await db.shipmentLine.createMany({
    data: shipments.flatMap(({ shipment, lines }) =>
      lines.map((line) => ({ ...line, shipmentId: shipment.id })),
    ),
  });
}

export async function findShipmentsByOrders(db: Database, orderIds: readonly string[]): Promise<Shipment[]> {
  const rows = await db.shipment.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toShipment);
}

export async function findLinesByShipments(
  db: Database,
  shipmentIds: readonly string[],
): Promise<ShipmentLine[]> {
  return db.shipmentLine.findMany({
    where: { shipmentId: { in: [...shipmentIds] } },
    orderBy: [{ shipmentId: 'asc' }, { orderLineId: 'asc' }],
  });
}

/** Marks parcels as arrived, those that were under way. */
export async function markDelivered(db: Database, ids: readonly string[], deliveredAt: Date): Promise<void> {
  await db.shipment.updateMany({
    where: { id: { in: [...ids] }, status: 'SHIPPED' },
    data: { status: 'DELIVERED', deliveredAt, updatedAt: deliveredAt },
  });
}
