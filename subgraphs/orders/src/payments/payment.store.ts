import type { Prisma, Database } from '@storegraph/orders-db';
import type { Payment, PaymentStatus, ProviderNotice } from './payment.js';

export type { Database } from '@storegraph/orders-db';

type Row = Omit<Payment, 'status'> & { status: string; metadata?: unknown };

const toPayment = ({ metadata: _metadata, ...row }: Row): Payment => ({
  ...row,
  status: row.status as PaymentStatus,
});

export async function findPaymentsByOrders(db: Database, orderIds: readonly string[]): Promise<Payment[]> {
  const rows = await db.payment.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ orderId: 'asc' }, { attempt: 'asc' }],
  });
  return rows.map(toPayment);
}

export async function findPayment(db: Database, id: string): Promise<Payment | null> {
  const row = await db.payment.findUnique({ where: { id } });
  return row && toPayment(row);
}

/** The payment an intent was made for, known by the intent or, before its answer came, by the payment's own id. */
export async function findPaymentOfIntent(
  db: Database,
  { provider, intentId, paymentId }: { provider: string; intentId: string; paymentId: string | null },
): Promise<Payment | null> {
  const row =
    (await db.payment.findUnique({ where: { provider_intentId: { provider, intentId } } })) ??
    (paymentId ? await db.payment.findUnique({ where: { id: paymentId } }) : null);
  return row && toPayment(row);
}

export async function insertPayments(db: Database, payments: readonly Payment[]): Promise<void> {
  await db.payment.createMany({ data: [...payments] });
}

export type PaymentChange = Partial<
  Pick<
    Payment,
    | 'intentId'
    | 'clientSecret'
    | 'approvalUrl'
    | 'status'
    | 'capturedMinor'
    | 'declineCode'
    | 'errorMessage'
    | 'checkedAt'
  >
> & { updatedAt: Date };

export async function updatePayment(db: Database, id: string, change: PaymentChange): Promise<Payment> {
  return toPayment(await db.payment.update({ where: { id }, data: change }));
}

/** Names the intent of a payment that has none yet; false when it got one in the meantime. */
export async function nameIntent(
  db: Database,
  id: string,
  intent: { intentId: string; clientSecret: string | null; updatedAt: Date },
): Promise<boolean> {
  const { count } = await db.payment.updateMany({
    where: { id, OR: [{ intentId: null }, { intentId: intent.intentId }] },
    data: { ...intent, checkedAt: intent.updatedAt },
  });
  return count > 0;
}

/** Gives an idempotency key of the provider up; false when somebody else did. */
export async function nextAttempt(
  db: Database,
  payment: Pick<Payment, 'id' | 'attempt'>,
  updatedAt: Date,
): Promise<boolean> {
  const { id, attempt } = payment;
  const { count } = await db.payment.updateMany({
    where: { id, attempt, intentId: null },
    data: { attempt: attempt + 1, updatedAt },
  });
  return count > 0;
}

/** Counts money that goes back, or that did not after all; never more than was captured. */
export async function addToRefunded(
  db: Database,
  id: string,
  change: { byMinor: bigint; updatedAt: Date },
): Promise<void> {
  await db.payment.update({
    where: { id },
    data: { refundedMinor: { increment: change.byMinor }, updatedAt: change.updatedAt },
  });
}

/**
 * Open payments the provider should be asked about: those in doubt soon, the others now and then, all of them only
 * while their order waits for money.
 */
export async function findPaymentsToCheck(
  db: Database,
  due: { inDoubtBefore: Date; checkedBefore: Date; most: number },
): Promise<Payment[]> {
  const rows = await db.payment.findMany({
    where: {
      status: { in: ['PENDING', 'REQUIRES_ACTION', 'AUTHORIZED', 'FAILED'] },
      order: { status: { in: ['PENDING', 'AWAITING_PAYMENT'] } },
      OR: [
        { checkedAt: null, updatedAt: { lt: due.inDoubtBefore } },
        { checkedAt: { lt: due.checkedBefore } },
      ],
    },
    orderBy: { updatedAt: 'asc' },
    take: due.most,
  });
  return rows.map(toPayment);
}

/** Keeps a notice to be acted on; false when the provider has told it before. */
export async function insertNotice(
  db: Database,
  notice: ProviderNotice & { provider: string; receivedAt: Date; handledAt: Date | null },
): Promise<boolean> {
  const { count } = await db.providerEvent.createMany({
    data: [{ ...notice, payload: notice.payload as Prisma.InputJsonValue }],
    skipDuplicates: true,
  });
  return count > 0;
}

export async function findNotice(
  db: Database,
  key: { provider: string; eventId: string },
): Promise<(ProviderNotice & { handledAt: Date | null }) | null> {
  return db.providerEvent.findUnique({ where: { provider_eventId: key } });
}

export async function markNoticeHandled(
  db: Database,
  key: { provider: string; eventId: string },
  handledAt: Date,
): Promise<void> {
  await db.providerEvent.update({
    where: { provider_eventId: key },
    data: { handledAt, lastError: null, attempts: { increment: 1 } },
  });
}

export async function markNoticeFailed(
  db: Database,
  key: { provider: string; eventId: string },
  lastError: string,
): Promise<void> {
  await db.providerEvent.update({
    where: { provider_eventId: key },
    data: { lastError, attempts: { increment: 1 } },
  });
}

/** Notices nobody has acted on, oldest first; one that keeps failing comes back after ever longer pauses. */
export async function findOpenNotices(
  db: Database,
  { provider, now, most }: { provider: string; now: Date; most: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ eventId: string }[]>`
    SELECT event_id AS "eventId" FROM provider_events
    WHERE handled_at IS NULL AND provider = ${provider}
      AND received_at + least(power(2, attempts + 1), 3600) * interval '1 second' < ${now}
    ORDER BY received_at LIMIT ${most}`;
  return rows.map(({ eventId }) => eventId);
}
