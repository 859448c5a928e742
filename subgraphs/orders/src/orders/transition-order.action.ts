import type { Deps } from '../context.js';
import { deliverOrder } from '../fulfilment/deliver-order.action.js';
import { inTransaction } from '../transaction.js';
import { advanceOrder, takeOrder } from './advance-order.action.js';
import { cancelOrder } from './cancel-order.action.js';
import { allowedTransitions, OrderStatus } from './order-lifecycle.js';
import type { Order } from './order.js';

export type TransitionOrderOutcome =
  | { kind: 'moved'; order: Order }
  | { kind: 'illegal'; from: OrderStatus; allowed: OrderStatus[]; reason: string }
  | { kind: 'not-found' };

/** Moves an order by hand: what follows from money and parcels is left to them. */
export async function transitionOrder(
  deps: Deps,
  input: { orderId: string; to: OrderStatus; notes: string | null; byId: string },
): Promise<TransitionOrderOutcome> {
  const { orderId, to, notes, byId } = input;
  switch (to) {
    case OrderStatus.CANCELLED:
      return moved(await cancelOrder(deps, { orderId, reason: notes, byId }));
    case OrderStatus.DELIVERED:
      return moved(await deliverOrder(deps, { orderId, shipmentId: null, byId }));
    case OrderStatus.PROCESSING:
      return advance(deps, input);
    default:
      return leave(deps, input);
  }
}

/** Writes something into the history of an order. */
export async function addOrderNote(
  deps: Deps,
  input: { orderId: string; note: string; byId: string },
): Promise<{ kind: 'noted'; order: Order } | { kind: 'not-found' }> {
  return inTransaction(deps.prisma, async (tx) => {
    const order = await takeOrder(tx, input.orderId);
    if (!order) return { kind: 'not-found' };
    const { note: notes, byId } = input;
    const noted = await advanceOrder(tx, order, { to: order.status, notes, byId, now: deps.now() });
    return { kind: 'noted', order: noted.kind === 'illegal' ? order : noted.order };
  });
}

function advance(
  deps: Deps,
  { orderId, to, notes, byId }: { orderId: string; to: OrderStatus; notes: string | null; byId: string },
): Promise<TransitionOrderOutcome> {
  return inTransaction(deps.prisma, async (tx): Promise<TransitionOrderOutcome> => {
    const order = await takeOrder(tx, orderId);
    if (!order) return { kind: 'not-found' };
    return moved(await advanceOrder(tx, order, { to, notes, byId, now: deps.now() }));
  });
}

function leave(
  deps: Deps,
  { orderId, to }: { orderId: string; to: OrderStatus },
): Promise<TransitionOrderOutcome> {
  return inTransaction(deps.prisma, async (tx): Promise<TransitionOrderOutcome> => {
    const order = await takeOrder(tx, orderId);
    if (!order) return { kind: 'not-found' };
    if (order.status === to) return { kind: 'moved', order };
    const reason = `An order becomes ${to} by itself, through its payments, parcels and refunds.`;
    return { kind: 'illegal', from: order.status, allowed: allowedTransitions(order.status), reason };
  });
}

function moved(
  outcome: { kind: string; order: Order } | Exclude<TransitionOrderOutcome, { kind: 'moved' }>,
): TransitionOrderOutcome {
  return 'order' in outcome ? { kind: 'moved', order: outcome.order } : outcome;
}
