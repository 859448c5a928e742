import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { currency, id, minor, quantity } from './fields.js';

const owner = 'orders';

const line = z.object({
  orderLineId: id,
  variantId: id,
  productId: id,
  sellerId: id.nullable(),
  quantity,
});

const order = z.object({
  orderId: id,
  number: z.string().describe('What the shopper quotes'),
  customerId: id.nullable().describe('Null for a guest'),
  totalMinor: minor,
  currency,
  lines: z.array(line),
});

export const orderPlaced = defineEvent({ type: 'order.placed', owner, schema: order });

/** The money is captured. Reviews learn from the lines what its customer has bought. */
export const orderPaid = defineEvent({ type: 'order.paid', owner, schema: order });

export const orderStatusChanged = defineEvent({
  type: 'order.status_changed',
  owner,
  schema: z.object({
    orderId: id,
    customerId: id.nullable(),
    sequence: z.int().min(1).describe('Position in the history of the order, without gaps'),
    status: z.string().describe('A value of OrderStatus'),
    lines: z.array(line).optional().describe('Present when the status says the goods arrived'),
  }),
});

export const orderCancelled = defineEvent({
  type: 'order.cancelled',
  owner,
  schema: z.object({
    orderId: id,
    customerId: id.nullable(),
    reason: z.string().nullable().default(null),
    lines: z.array(line),
  }),
});

export const orderRefunded = defineEvent({
  type: 'order.refunded',
  owner,
  schema: z.object({
    orderId: id,
    customerId: id.nullable(),
    refundId: id.nullable().default(null),
    lines: z.array(line).describe('What was given back; empty for a goodwill amount'),
    amountMinor: minor,
    currency,
  }),
});

/** What can be sold of a variant changed, over all warehouses. */
export const stockChanged = defineEvent({
  type: 'stock.changed',
  owner,
  schema: z.object({
    variantId: id,
    productId: id.nullable(),
    sellable: z.int().describe('On hand less reserved; negative when sold ahead of stock'),
    inStock: z.boolean().describe('Whether it can be bought now'),
    wasInStock: z.boolean().nullable().default(null).describe('The same before; null where nobody looked'),
  }),
});

/** A variant fell to its low-stock threshold; heard once each time it falls. */
export const stockLow = defineEvent({
  type: 'stock.low',
  owner,
  schema: z.object({ variantId: id, productId: id.nullable(), sellable: z.int() }),
});
