import { createHmac } from 'node:crypto';
import type { PaymentStatus } from '../payments/payment.js';
import type { Address } from '../shipping/address.js';
import { OrderStatus } from './order-lifecycle.js';

/** What somebody bought, as it was when they did. Amounts in minor units of its currency. */
export type Order = {
  readonly id: string;
  /** What the shopper quotes: `SG-2026-100001`. */
  readonly number: string;
  /** `null` for a guest. */
  readonly customerId: string | null;
  readonly email: string;
  readonly guestTokenHash: string | null;
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly taxMode: string;
  readonly roundingMode: string;
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly shippingMethod: string | null;
  readonly notes: string | null;
  readonly cartId: string | null;
  readonly reservationId: string | null;
  readonly version: number;
  readonly placedAt: Date;
  readonly updatedAt: Date;
};

/** A choice the shopper made about a line, as it was priced. */
export type OrderedCustomization = {
  readonly valueId: string;
  readonly name: string;
  readonly value: string;
  readonly priceAdjustmentMinor: bigint;
};

export type OrderLine = {
  readonly id: string;
  readonly orderId: string;
  readonly position: number;
  readonly variantId: string;
  readonly productId: string;
  readonly sellerId: string | null;
  readonly sku: string;
  readonly productName: string;
  readonly variantName: string;
  readonly customizations: readonly OrderedCustomization[];
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  /** What was paid for it: refunds of the line are shares of this. */
  readonly totalMinor: bigint;
  readonly refundedQuantity: number;
  readonly shippedQuantity: number;
  readonly requiresShipping: boolean;
};

/** One entry of an order's history. */
export type OrderEvent = {
  readonly id: string;
  readonly orderId: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly status: OrderStatus;
  readonly notes: string | null;
  readonly byId: string | null;
  readonly at: Date;
};

/** The tax on a line, or on shipping when `orderLineId` is `null`. */
export type OrderTaxLine = {
  readonly orderId: string;
  readonly position: number;
  readonly orderLineId: string | null;
  readonly name: string;
  /** Millionths: 66250 is 6.625 %. */
  readonly rateMillionths: number;
  readonly baseMinor: bigint;
  readonly amountMinor: bigint;
};

export type OrderDiscount = {
  readonly orderId: string;
  readonly position: number;
  readonly couponId: string;
  readonly code: string;
  readonly amountMinor: bigint;
};

/** Who is looking at an order. */
export type Reader = {
  readonly userId: string | null;
  readonly isStaff: boolean;
  /** Of the guest token they showed. */
  readonly guestTokenHash: string | null;
};

/** Whether somebody is a party to an order: its customer, or the guest who holds its secret. */
export function isParty(order: Pick<Order, 'customerId' | 'guestTokenHash'>, reader: Reader): boolean {
  if (order.customerId !== null) return order.customerId === reader.userId;
  return order.guestTokenHash !== null && order.guestTokenHash === reader.guestTokenHash;
}

/** The number of an order, from the year it was placed in and a counter. */
export function orderNumber(counter: bigint, placedAt: Date): string {
  return `SG-${placedAt.getUTCFullYear()}-${counter.toString().padStart(6, '0')}`;
}

/**
 * The secret by which a guest holds an order: as secret as the cart token it is made from, and made again from it
 * when the same order is placed twice, so that it need not be kept.
 */
export function guestTokenOf(orderId: string, cartToken: string): string {
  return createHmac('sha256', cartToken).update(`order:${orderId}`).digest('base64url');
}

/** Whether nothing more will happen to an order: no money is on its way back any more. */
export function isFinal(order: Pick<Order, 'status' | 'paymentStatus'>): boolean {
  if (order.status === OrderStatus.REFUNDED) return true;
  const isHoldingMoney = ['CAPTURED', 'AUTHORIZED', 'PARTIALLY_REFUNDED'].includes(order.paymentStatus);
  return order.status === OrderStatus.CANCELLED && !isHoldingMoney;
}

/** Where an order stands in lists: newest first. */
export function positionOf(order: Pick<Order, 'id' | 'placedAt'>): [string, string] {
  return [order.placedAt.toISOString(), order.id];
}
