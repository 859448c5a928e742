import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import type { Order } from '../orders/order.js';
import { isOpen, PaymentStatus, type IntentState, type Payment, type ProviderAnswer } from './payment.js';
import {
  findPayment,
  findPaymentsByOrders,
  insertPayments,
  nameIntent,
  nextAttempt,
} from './payment.store.js';

const MOST_ATTEMPTS = 3;

export type PrepareIntentOutcome =
  | { kind: 'ready'; payment: Payment & { intentId: string } }
  | { kind: 'unreachable' }
  | { kind: 'refused'; message: string };

/** The first attempt to pay an order, to be written with it. */
export function firstPayment(
  order: Pick<Order, 'id' | 'totalMinor' | 'currency'>,
  provider: string,
  now: Date,
): Payment {
  return {
    id: newId('payment'),
    orderId: order.id,
    attempt: 1,
    provider,
    intentId: null,
    clientSecret: null,
    approvalUrl: null,
    status: PaymentStatus.PENDING,
    amountMinor: order.totalMinor,
    capturedMinor: 0n,
    refundedMinor: 0n,
    currency: order.currency,
    declineCode: null,
    errorMessage: null,
    createdAt: now,
    updatedAt: now,
    checkedAt: null,
  };
}

/**
 * Makes sure an order that waits for money has an intent to be paid by. The attempt is in the database before the
 * provider hears of it, and names the key, so however many ask at once, and whoever dies in between, get one intent.
 *
 * @param order.payment the attempt, when it is at hand
 */
export async function prepareIntent(
  deps: Deps,
  order: Pick<Order, 'id' | 'number' | 'totalMinor' | 'currency'> & { payment?: Payment | undefined },
): Promise<PrepareIntentOutcome> {
  let payment: Payment | null = order.payment ?? (await openPayment(deps, order));
  for (let tries = 0; tries < MOST_ATTEMPTS && payment; tries += 1) {
    if (payment.intentId !== null) return ready(payment, payment.intentId);
    const answer = await ask(deps, payment, order.number);
    if (answer.kind === 'refused') return answer;
    if (answer.kind === 'unknown' || answer.kind === 'given-up') return { kind: 'unreachable' };
    const updatedAt = deps.now();
    if (answer.value) {
      const { intentId, clientSecret } = answer.value;
      const named = { intentId, clientSecret, updatedAt };
      if (await nameIntent(deps.prisma, payment.id, named)) return ready({ ...payment, ...named }, intentId);
    } else await nextAttempt(deps.prisma, payment, updatedAt);
    payment = await findPayment(deps.prisma, payment.id);
  }
  return { kind: 'unreachable' };
}

function ready(payment: Payment, intentId: string): PrepareIntentOutcome {
  return { kind: 'ready', payment: { ...payment, intentId } };
}

/** `done` with `null`: the provider gave the key up and has made no intent of it. */
async function ask(
  { provider }: Deps,
  payment: Payment,
  description: string,
): Promise<ProviderAnswer<IntentState | null>> {
  const answer = await provider.createIntent(payment, description);
  return answer.kind === 'given-up' ? provider.findIntentOf(payment) : answer;
}

/** The attempt that may still be paid; a new one when the provider closed the last. */
async function openPayment(
  { prisma, provider, now }: Deps,
  order: Pick<Order, 'id' | 'totalMinor' | 'currency'>,
): Promise<Payment | null> {
  const payments = await findPaymentsByOrders(prisma, [order.id]);
  const open = payments.findLast(({ status }) => isOpen(status));
  if (open) return open;
  const attempt = (payments.at(-1)?.attempt ?? 0) + 1;
  const next = { ...firstPayment(order, provider.name, now()), attempt };
  await insertPayments(prisma, [next]);
  return next;
}
