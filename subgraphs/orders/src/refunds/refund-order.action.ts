import type { Deps, Transaction } from '../context.js';
import { runOnce } from '../idempotency/run-once.action.js';
import { linesOf, takeOrder } from '../orders/advance-order.action.js';
import { findOrderById } from '../orders/find-orders.action.js';
import type { Order } from '../orders/order.js';
import { paymentsOf, refundable } from '../payments/payment-books.action.js';
import { inTransaction } from '../transaction.js';
import { openRefund } from './open-refund.action.js';
import { planRefund, type Refund, type RefundRequest } from './refund.js';
import { sendRefund } from './send-refund.action.js';

export type RefundOrderOutcome =
  | { kind: 'refunded'; order: Order; refund: Refund; replayed: boolean }
  | { kind: 'impossible'; path: string[]; message: string }
  | { kind: 'mismatch' }
  | { kind: 'not-found' };

class Impossible extends Error {
  constructor(readonly outcome: Extract<RefundOrderOutcome, { kind: 'impossible' | 'not-found' }>) {
    super(outcome.kind);
  }
}

/**
 * Gives money back, for lines, as an amount, or all that is left: once per idempotency key, and never more than was
 * captured, however many ask at once. It is written down before the provider hears of it; a provider that does not
 * answer leaves it pending, and the reconciler carries it out. What is to be restocked is, when the money has gone.
 */
export async function refundOrder(
  deps: Deps,
  input: {
    orderId: string;
    request: RefundRequest;
    reason: string | null;
    restock: boolean;
    idempotencyKey: string;
    byId: string;
  },
): Promise<RefundOrderOutcome> {
  const { byId: _byId, idempotencyKey: key, ...asked } = input;
  const request = { scope: `refund-order:${input.orderId}`, key, input: asked, now: deps.now() };
  try {
    const done = await inTransaction(deps.prisma, (tx) =>
      runOnce(tx, request, async () => ({ refundId: (await open(tx, input, request.now)).id })),
    );
    if (done.kind === 'mismatch') return done;
    const refund = await sendRefund(deps, done.result.refundId);
    const order = await findOrderById(deps.prisma, input.orderId);
    if (!refund || !order) throw new Error(`refund ${done.result.refundId} is gone`);
    return { kind: 'refunded', order, refund, replayed: done.replayed };
  } catch (error) {
    if (error instanceof Impossible) return error.outcome;
    throw error;
  }
}

async function open(tx: Transaction, input: Parameters<typeof refundOrder>[1], now: Date): Promise<Refund> {
  const order = await takeOrder(tx, input.orderId);
  if (!order) throw new Impossible({ kind: 'not-found' });
  const owed = refundable(await paymentsOf(tx, order.id));
  if (!owed)
    throw new Impossible({
      kind: 'impossible',
      path: ['input', 'orderId'],
      message: 'It has not been paid for.',
    });
  const plan = planRefund(input.request, await linesOf(tx, order.id), owed.remainingMinor);
  if (plan.kind === 'impossible') throw new Impossible(plan);
  return openRefund(tx, {
    payment: owed.payment,
    amountMinor: plan.amountMinor,
    lines: plan.lines,
    restock: input.restock,
    reason: input.reason,
    idempotencyKey: input.idempotencyKey,
    requestedById: input.byId,
    now,
  });
}
