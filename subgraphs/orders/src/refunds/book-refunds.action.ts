import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import type { Payment } from '../payments/payment.js';
import { RefundStatus, type Refund } from './refund.js';
import { insertRefunds } from './refund.store.js';

/** Writes down refunds that were made in the past; their payments count them already. */
export async function bookRefunds(
  tx: Transaction,
  made: readonly { payment: Payment; amountMinor: bigint; at: Date }[],
): Promise<void> {
  await insertRefunds(
    tx,
    made.map(({ payment, amountMinor, at }): Refund => ({
      id: newId('refund'),
      orderId: payment.orderId,
      paymentId: payment.id,
      amountMinor,
      currency: payment.currency,
      reason: 'Sent back by the customer.',
      status: RefundStatus.SUCCEEDED,
      attempt: 1,
      providerRefundId: null,
      idempotencyKey: 'past',
      errorMessage: null,
      requestedById: null,
      createdAt: at,
      updatedAt: at,
    })),
  );
}
