import { randomUUID } from 'node:crypto';
import { TourFailed, type Answer, type Visitor } from './client.js';
import type { Journal } from './journal.js';
import type { Watched } from './watch-order.js';

const REFUND = `mutation Refund($input: RefundOrderInput!) { refundOrder(input: $input) {
  ... on RefundOrderSuccess { replayed refund { amount { amount minor } status } order { status } } ... on UserError { code message path } } }`;

/** Staff give the money for one line back, and asking again with the same key gives nothing more. */
export async function refundLine(
  journal: Journal,
  staff: Visitor,
  { order, watched }: { order: Answer; watched: Watched },
): Promise<void> {
  await journal.step('staff refund one line', async () => {
    const [line] = order['lines'] as Answer[];
    const input = {
      orderId: order['id'],
      lines: [{ orderLineId: line?.['id'], quantity: line?.['quantity'] }],
      reason: 'Changed their mind',
      restock: true,
      idempotencyKey: randomUUID(),
    };
    const done = await staff.must(REFUND, { input });
    const again = await staff.must(REFUND, { input });
    if (!again['replayed']) throw new TourFailed('a repeated refund was a second refund');
    const { event } = await watched.until('PARTIALLY_REFUNDED');
    return [
      `${done['refund'].amount.amount}, ${done['refund'].status}; event ${event.sequence}`,
      null,
    ] as const;
  });
}
