import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import { countReturned } from '../orders/count-lines.action.js';
import { countRefund } from '../payments/payment-books.action.js';
import type { Payment } from '../payments/payment.js';
import { RefundStatus, type Refund } from './refund.js';
import { insertRefund } from './refund.store.js';

/**
 * Writes a refund down before the provider hears of it: from here on its money counts as gone, so that parallel
 * refunds of one order, which take turns at its row, never give back more than was captured. `sendRefund` does the rest.
 *
 * @param refund.payment as it is now, its order taken
 */
export async function openRefund(
  tx: Transaction,
  refund: {
    payment: Payment;
    amountMinor: bigint;
    lines?: readonly { orderLineId: string; quantity: number; amountMinor: bigint }[];
    restock?: boolean;
    reason: string | null;
    idempotencyKey: string;
    requestedById?: string | null;
    now: Date;
  },
): Promise<Refund> {
  const { payment, amountMinor, lines = [], restock = false, now } = refund;
  const row: Refund = {
    id: newId('refund'),
    orderId: payment.orderId,
    paymentId: payment.id,
    amountMinor,
    currency: payment.currency,
    reason: refund.reason,
    status: RefundStatus.PENDING,
    attempt: 1,
    providerRefundId: null,
    idempotencyKey: refund.idempotencyKey,
    errorMessage: null,
    requestedById: refund.requestedById ?? null,
    createdAt: now,
    updatedAt: now,
  };
  await insertRefund(
    tx,
    row,
    lines.map((line) => ({ ...line, restocked: restock })),
  );
  await countRefund(tx, payment, { byMinor: amountMinor, now });
  await countReturned(tx, lines);
  return row;
}
