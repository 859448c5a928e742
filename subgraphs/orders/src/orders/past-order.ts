import { OrderStatus } from './order-lifecycle.js';

const HOUR_MILLIS = 3_600_000;
const PAID: readonly Step[] = [
  [OrderStatus.AWAITING_PAYMENT, 0],
  [OrderStatus.PAID, 0.1],
];
const PROCESSING: readonly Step[] = [...PAID, [OrderStatus.PROCESSING, 4]];
const SHIPPED: readonly Step[] = [...PROCESSING, [OrderStatus.SHIPPED, 26]];
const DELIVERED: readonly Step[] = [...SHIPPED, [OrderStatus.DELIVERED, 74]];

/** A status, and how many hours after it was placed an order comes to it. */
type Step = readonly [OrderStatus, number];

/** How orders of a demonstration shop came to where they are. */
const STEPS = {
  AWAITING_PAYMENT: PAID.slice(0, 1),
  PAID,
  PROCESSING,
  SHIPPED,
  DELIVERED,
  CANCELLED: [...PAID.slice(0, 1), [OrderStatus.CANCELLED, 2]],
  PARTIALLY_REFUNDED: [...DELIVERED, [OrderStatus.PARTIALLY_REFUNDED, 150]],
  REFUNDED: [...DELIVERED, [OrderStatus.REFUNDED, 170]],
} satisfies Record<string, readonly Step[]>;

/** Where an order of a demonstration shop may be. */
export type PastStatus = keyof typeof STEPS;

/** What happened to an order that is there now, first things first, none of it in the future. */
export function historyOf(
  status: PastStatus,
  placedAt: Date,
  now: Date,
): { status: OrderStatus; at: Date }[] {
  return STEPS[status].map(([reached, hours]) => ({
    status: reached,
    at: new Date(Math.min(placedAt.getTime() + hours * HOUR_MILLIS, now.getTime())),
  }));
}
