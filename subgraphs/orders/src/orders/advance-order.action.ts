import { publish, type DomainEvent } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import type { PaymentStatus } from '../payments/payment.js';
import { OrderStatus, transition, type OrderFacts } from './order-lifecycle.js';
import { statusChanged } from './order.events.js';
import {
  findFacts,
  findLinesByOrders,
  lockOrder,
  updatePaymentStatus,
  updateReservationOf,
  writeMove,
} from './order.store.js';
import type { Order, OrderLine } from './order.js';

export type AdvanceOutcome =
  | { kind: 'advanced'; order: Order }
  | { kind: 'unchanged'; order: Order }
  | { kind: 'illegal'; from: OrderStatus; allowed: OrderStatus[]; reason: string };

/** The order, locked until the transaction ends: status, history and announcements of one order take turns. */
export function takeOrder(tx: Transaction, orderId: string): Promise<Order | null> {
  return lockOrder(tx, orderId);
}

export function linesOf(tx: Transaction, orderId: string): Promise<OrderLine[]> {
  return findLinesByOrders(tx, [orderId]);
}

/** What the lifecycle's guards look at, of an order taken before. */
export async function factsOf(tx: Transaction, order: Order): Promise<OrderFacts> {
  return { status: order.status, totalMinor: order.totalMinor, ...(await findFacts(tx, order)) };
}

/**
 * Moves a taken order to another status: the row, its history and `order.status_changed` in one transaction.
 * Nothing is written when the lifecycle does not allow it, or when it is there already and there is nothing to note.
 *
 * @param move.announce what else to publish with it, given the order as it is then
 */
export async function advanceOrder(
  tx: Transaction,
  order: Order,
  move: {
    to: OrderStatus;
    paymentStatus?: PaymentStatus;
    notes?: string | null;
    byId?: string | null;
    now: Date;
    announce?: (order: Order) => DomainEvent[];
  },
): Promise<AdvanceOutcome> {
  const { to, paymentStatus = order.paymentStatus, notes = null, byId = null, now, announce } = move;
  const decision = transition(await factsOf(tx, order), to);
  if (decision.kind === 'refused')
    return { kind: 'illegal', from: order.status, allowed: decision.allowed, reason: decision.reason };
  if (decision.kind === 'unchanged' && notes === null) {
    if (paymentStatus !== order.paymentStatus)
      await updatePaymentStatus(tx, order.id, { paymentStatus, updatedAt: now });
    return { kind: 'unchanged', order: { ...order, paymentStatus } };
  }
  const moved = { ...order, status: to, paymentStatus, version: order.version + 1, updatedAt: now };
  const sequence = await writeMove(tx, {
    id: newId('orderEvent'),
    orderId: order.id,
    status: to,
    paymentStatus,
    notes,
    byId,
    at: now,
  });
  const lines = to === OrderStatus.DELIVERED ? await linesOf(tx, order.id) : null;
  await publish(tx, ...(announce?.(moved) ?? []), statusChanged(moved, sequence, lines));
  return { kind: 'advanced', order: moved };
}

/** Shows where the money is, without moving the order. */
export async function showPayment(
  tx: Transaction,
  order: Order,
  change: { paymentStatus: PaymentStatus; now: Date },
): Promise<Order> {
  const { paymentStatus, now } = change;
  if (order.paymentStatus === paymentStatus) return order;
  await updatePaymentStatus(tx, order.id, { paymentStatus, updatedAt: now });
  return { ...order, paymentStatus, version: order.version + 1, updatedAt: now };
}

/** Names the stock an order holds from now on. */
export async function nameReservation(tx: Transaction, order: Order, reservationId: string): Promise<Order> {
  await updateReservationOf(tx, order.id, reservationId);
  return { ...order, reservationId };
}
