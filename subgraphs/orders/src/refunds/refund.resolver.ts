import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { InvalidAmount, money, parseDecimal } from '@storegraph/money';
import {
  AssumedSize,
  checkInput,
  invalidInput,
  MoneyType,
  notFound,
  RequiresScopes,
  requireUser,
  toMoneyType,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import type { Order } from '../orders/order.js';
import { OrderType } from '../orders/order.type.js';
import { idempotencyMismatch } from '../user-errors.type.js';
import { wishedRefund } from './refund-input.js';
import { refundOrder } from './refund-order.action.js';
import type { Refund, RefundRequest } from './refund.js';
import { RefundLineType, RefundOrderInput, RefundOrderResult, RefundType } from './refund.type.js';

@Resolver(() => OrderType)
export class OrderRefundsResolver {
  @AssumedSize(1)
  @FieldResolver(() => [RefundType], { description: 'What goes or went back of its money.' })
  refunds(@Root() { id }: Order, @Ctx() { loaders }: Context) {
    return loaders.refundsOfOrder.load(id);
  }

  @RequiresScopes([['refund:write']])
  @Mutation(() => RefundOrderResult, { description: 'Give money back, never more than was paid.' })
  async refundOrder(
    @Arg('input', () => RefundOrderInput, { description: 'What, and why.' }) input: RefundOrderInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(wishedRefund, input);
    if (!checked.ok) return checked.problem;
    const { lines, amount, ...wish } = checked.value;
    const request = toRequest({ lines, amount }, deps.config.currency);
    if (!request) return invalidInput(['input', 'amount'], 'This is no amount that can be given back.');
    const outcome = await refundOrder(deps, { ...wish, request, byId: requireUser(viewer).id });
    switch (outcome.kind) {
      case 'refunded':
        return { __typename: 'RefundOrderSuccess', ...outcome };
      case 'impossible':
        return invalidInput(outcome.path, outcome.message);
      case 'mismatch':
        return idempotencyMismatch();
      case 'not-found':
        return notFound(['input', 'orderId'], 'There is no such order.');
    }
  }
}

@Resolver(() => RefundType)
export class RefundResolver {
  @FieldResolver(() => MoneyType, { description: 'How much.' })
  amount(@Root() { amountMinor, currency }: Refund) {
    return toMoneyType(money(amountMinor, currency));
  }

  @AssumedSize(2)
  @FieldResolver(() => [RefundLineType], { description: 'What came back for it; empty for a mere amount.' })
  async lines(@Root() { id, orderId, currency }: Refund, @Ctx() { loaders }: Context) {
    const [lines, bought] = await Promise.all([
      loaders.linesOfRefund.load(id),
      loaders.linesOfOrder.load(orderId),
    ]);
    return lines.flatMap(({ orderLineId, quantity, amountMinor, restocked }) => {
      const orderLine = bought.find((line) => line.id === orderLineId);
      const amount = toMoneyType(money(amountMinor, currency));
      return orderLine ? [{ orderLine: { ...orderLine, currency }, quantity, amount, restocked }] : [];
    });
  }
}

/** `null` for text that is no amount, or none above nothing. */
function toRequest(
  { lines, amount }: { lines: { orderLineId: string; quantity: number }[] | null; amount: string | null },
  currency: string,
): RefundRequest | null {
  if (lines) return { kind: 'lines', lines };
  if (amount === null) return { kind: 'everything' };
  try {
    const amountMinor = parseDecimal(amount, currency);
    return amountMinor > 0n ? { kind: 'amount', amountMinor } : null;
  } catch (error) {
    if (error instanceof InvalidAmount) return null;
    throw error;
  }
}
