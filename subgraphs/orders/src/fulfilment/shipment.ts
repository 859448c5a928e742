import type { OrderLine } from '../orders/order.js';

export enum ShipmentStatus {
  PREPARED = 'PREPARED',
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  RETURNED = 'RETURNED',
}

/** A parcel with part of an order in it. */
export type Shipment = {
  readonly id: string;
  readonly orderId: string;
  readonly sellerId: string | null;
  readonly warehouseId: string | null;
  readonly carrier: string;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly status: ShipmentStatus;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
};

export type ShipmentLine = {
  readonly shipmentId: string;
  readonly orderLineId: string;
  readonly quantity: number;
};

export type Packed = { readonly orderLineId: string; readonly quantity: number };

export type PackingPlan =
  { kind: 'packed'; lines: Packed[] } | { kind: 'impossible'; path: string[]; message: string };

/**
 * What goes into a parcel: the lines asked for, or all that is still to be sent. What was given back stays here.
 *
 * @param sellerId whose lines a seller may pack; `null` for the shop's own people, who may pack all
 */
export function pack(
  wanted: readonly Packed[] | null,
  lines: readonly OrderLine[],
  sellerId: string | null,
): PackingPlan {
  const own = lines.filter(
    (line) => line.requiresShipping && (sellerId === null || line.sellerId === sellerId),
  );
  if (wanted === null) {
    const rest = own
      .map((line) => ({ orderLineId: line.id, quantity: unsent(line) }))
      .filter(({ quantity }) => quantity > 0);
    return rest.length > 0
      ? { kind: 'packed', lines: rest }
      : impossible(['lines'], 'Nothing is left to send.');
  }
  for (const [index, { orderLineId, quantity }] of wanted.entries()) {
    const line = own.find(({ id }) => id === orderLineId);
    if (!line) return impossible(['lines', String(index), 'orderLineId'], 'This is no line to be sent.');
    if (quantity > unsent(line))
      return impossible(
        ['lines', String(index), 'quantity'],
        `Only ${unsent(line)} of it can still be sent.`,
      );
  }
  return { kind: 'packed', lines: [...wanted] };
}

const unsent = (line: OrderLine): number =>
  Math.max(0, line.quantity - line.shippedQuantity - line.refundedQuantity);

const impossible = (path: string[], message: string): PackingPlan => ({
  kind: 'impossible',
  path: ['input', ...path],
  message,
});
