import type { Database } from '@storegraph/orders-db';
import type { Refund, RefundLine, RefundStatus } from './refund.js';

export type { Database } from '@storegraph/orders-db';

type Row = Omit<Refund, 'status'> & { status: string };

const toRefund = (row: Row): Refund => ({ ...row, status: row.status as RefundStatus });

export async function insertRefund(
  db: Database,
  refund: Refund,
  lines: readonly Omit<RefundLine, 'refundId'>[],
): Promise<void> {
  await db.refund.create({ data: refund });
  if (lines.length > 0)
    await db.refundLine.createMany({ data: lines.map((line) => ({ ...line, refundId: refund.id })) });
}

export async function insertRefunds(db: Database, refunds: readonly Refund[]): Promise<void> {
  await db.refund.createMany({ data: [...refunds] });
}

export async function findRefund(db: Database, id: string): Promise<Refund | null> {
  const row = await db.refund.findUnique({ where: { id } });
  return row && toRefund(row);
}

export async function findRefundByProviderId(db: Database, providerRefundId: string): Promise<Refund | null> {
  const row = await db.refund.findUnique({ where: { providerRefundId } });
  return row && toRefund(row);
}

export async function findRefundsByOrders(db: Database, orderIds: readonly string[]): Promise<Refund[]> {
  const rows = await db.refund.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toRefund);
}

export async function findLinesByRefunds(db: Database, refundIds: readonly string[]): Promise<RefundLine[]> {
  return db.refundLine.findMany({
    where: { refundId: { in: [...refundIds] } },
    orderBy: [{ refundId: 'asc' }, { orderLineId: 'asc' }],
  });
}

export async function updateRefund(
  db: Database,
  id: string,
  change: Partial<Pick<Refund, 'status' | 'providerRefundId' | 'errorMessage'>> & { updatedAt: Date },
): Promise<Refund> {
  return toRefund(await db.refund.update({ where: { id }, data: change }));
}

/** Gives an idempotency key of the provider up; false when somebody else did. */
export async function nextRefundAttempt(
  db: Database,
  { id, attempt }: Pick<Refund, 'id' | 'attempt'>,
  updatedAt: Date,
): Promise<boolean> {
  const { count } = await db.refund.updateMany({
    where: { id, attempt, status: 'PENDING', providerRefundId: null },
    data: { attempt: attempt + 1, updatedAt },
  });
  return count > 0;
}

/** Refunds that are still on their way and have not been looked at since. */
export async function findPendingRefunds(
  db: Database,
  { updatedBefore, most }: { updatedBefore: Date; most: number },
): Promise<Refund[]> {
  const rows = await db.refund.findMany({
    where: { status: 'PENDING', updatedAt: { lt: updatedBefore } },
    orderBy: { updatedAt: 'asc' },
    take: most,
  });
  return rows.map(toRefund);
}

/** Notes that a refund was looked at, so that the next round begins with others. */
export async function touchRefund(db: Database, id: string, updatedAt: Date): Promise<void> {
  await db.refund.update({ where: { id }, data: { updatedAt } });
}
