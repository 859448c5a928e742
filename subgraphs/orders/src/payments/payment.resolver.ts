import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { money } from '@storegraph/money';
import { AssumedSize, checkInput, notFound, Policy, toMoneyType } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import type { Order } from '../orders/order.js';
import { illegalTransition, OrderType } from '../orders/order.type.js';
import { idempotencyMismatch } from '../user-errors.type.js';
import { payOrder } from './pay-order.action.js';
import { payment } from './payment-input.js';
import { Gateway, PaymentType, PayOrderInput, PayOrderResult } from './payment.type.js';

@Resolver(() => OrderType)
export class OrderPaymentsResolver {
  @AssumedSize(1)
  @FieldResolver(() => [PaymentType], { description: 'The attempts to pay it, first things first.' })
  async payments(@Root() { id }: Order, @Ctx() { loaders }: Context): Promise<PaymentType[]> {
    return (await loaders.paymentsOfOrder.load(id)).map(
      ({ amountMinor, capturedMinor, refundedMinor, currency, intentId, ...shown }) => ({
        ...shown,
        gateway: Gateway.STRIPE,
        amount: toMoneyType(money(amountMinor, currency)),
        captured: toMoneyType(money(capturedMinor, currency)),
        refunded: toMoneyType(money(refundedMinor, currency)),
        transactionId: intentId,
      }),
    );
  }

  @Policy([['order-party'], ['staff']])
  @Mutation(() => PayOrderResult, {
    description: 'Pay for an order. The money is taken once, however often you ask.',
  })
  async payOrder(
    @Arg('input', () => PayOrderInput, { description: 'Which, and how.' }) input: PayOrderInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(payment, input);
    if (!checked.ok) return checked.problem;
    const outcome = await payOrder(deps, checked.value);
    switch (outcome.kind) {
      case 'paid':
        return { __typename: 'PayOrderSuccess', ...outcome };
      case 'failed':
        return {
          __typename: 'PaymentFailed',
          code: 'PAYMENT_FAILED',
          path: ['input', 'paymentMethod'],
          ...outcome,
        };
      case 'illegal':
        return illegalTransition(outcome);
      case 'mismatch':
        return idempotencyMismatch();
      case 'not-found':
        return notFound(['input', 'orderId'], 'There is no such order.');
    }
  }
}
