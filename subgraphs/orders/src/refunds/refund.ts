import type { OrderLine } from '../orders/order.js';

export enum RefundStatus {
  PENDING = 'PENDING',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
}

/** Money on its way back to whoever paid. Minor units of the order's currency. */
export type Refund = {
  readonly id: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly status: RefundStatus;
  /** With the id it names the provider's idempotency key. */
  readonly attempt: number;
  readonly providerRefundId: string | null;
  readonly idempotencyKey: string;
  readonly errorMessage: string | null;
  readonly requestedById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** So many of a line come back, for so much of what was paid for it. */
export type RefundLine = {
  readonly refundId: string;
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amountMinor: bigint;
  /** Whether they go back on the shelf when the money does. */
  readonly restocked: boolean;
};

export type RefundRequest =
  | { readonly kind: 'lines'; readonly lines: readonly { orderLineId: string; quantity: number }[] }
  | { readonly kind: 'amount'; readonly amountMinor: bigint }
  | { readonly kind: 'everything' };

export type RefundPlan =
  | {
      kind: 'planned';
      amountMinor: bigint;
      lines: { orderLineId: string; quantity: number; amountMinor: bigint }[];
    }
  | { kind: 'impossible'; path: string[]; message: string };

/**
 * What a request comes to. Units of a line are worth equal shares of what was paid for it, the cents spread so that
 * all units together are worth exactly that, in whatever portions they come back.
 *
 * @param remainingMinor what was captured and has not gone back or is on its way
 */
export function planRefund(
  request: RefundRequest,
  lines: readonly OrderLine[],
  remainingMinor: bigint,
): RefundPlan {
  if (remainingMinor <= 0n) return impossible([], 'Nothing is left to give back.');
  switch (request.kind) {
    case 'amount':
      if (request.amountMinor > remainingMinor)
        return impossible(['amount'], 'That is more than is left to give back.');
      return { kind: 'planned', amountMinor: request.amountMinor, lines: [] };
    case 'everything':
      return {
        kind: 'planned',
        amountMinor: remainingMinor,
        lines: lines
          .filter((line) => line.refundedQuantity < line.quantity)
          .map((line) => worth(line, line.quantity - line.refundedQuantity)),
      };
    case 'lines':
      return planLines(request.lines, lines, remainingMinor);
  }
}

function planLines(
  wanted: readonly { orderLineId: string; quantity: number }[],
  lines: readonly OrderLine[],
  remainingMinor: bigint,
): RefundPlan {
  const planned = [];
  for (const [index, { orderLineId, quantity }] of wanted.entries()) {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line) return impossible(['lines', String(index), 'orderLineId'], 'This is no line of the order.');
    const left = line.quantity - line.refundedQuantity;
    if (quantity > left)
      return impossible(['lines', String(index), 'quantity'], `Only ${left} of it can still be given back.`);
    planned.push(worth(line, quantity));
  }
  const amountMinor = planned.reduce((sum, line) => sum + line.amountMinor, 0n);
  if (amountMinor > remainingMinor)
    return impossible(['lines'], 'That is more than is left to give back; name an amount instead.');
  if (amountMinor === 0n) return impossible(['lines'], 'Nothing was paid for it.');
  return { kind: 'planned', amountMinor, lines: planned };
}

const impossible = (path: string[], message: string): RefundPlan => ({
  kind: 'impossible',
  path: ['input', ...path],
  message,
});

function worth(line: OrderLine, quantity: number) {
  const upTo = (units: number) => (line.totalMinor * BigInt(units)) / BigInt(line.quantity);
  const { refundedQuantity } = line;
  const amountMinor = upTo(refundedQuantity + quantity) - upTo(refundedQuantity);
  return { orderLineId: line.id, quantity, amountMinor };
}
