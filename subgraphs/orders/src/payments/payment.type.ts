import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MoneyType, resultUnion } from '@storegraph/subgraph-server';
import { IllegalTransition, OrderType } from '../orders/order.type.js';
import { IdempotencyMismatch, InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { PaymentStatus } from './payment.js';

registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'Where the money of an order, or of one payment, is.',
  valuesConfig: {
    PENDING: { description: 'It has yet to be paid, or the bank is still thinking.' },
    REQUIRES_ACTION: { description: 'The bank wants the shopper to approve it.' },
    AUTHORIZED: { description: 'The bank holds it ready.' },
    CAPTURED: { description: 'It is here.' },
    FAILED: { description: 'The last try was declined; another may follow.' },
    CANCELLED: { description: 'It can no longer be paid.' },
    PARTIALLY_REFUNDED: { description: 'It was here; part of it went back.' },
    REFUNDED: { description: 'It was here and went back.' },
  },
});

export enum Gateway {
  STRIPE = 'STRIPE',
}

registerEnumType(Gateway, {
  name: 'Gateway',
  description: 'Who moves the money.',
  valuesConfig: { STRIPE: { description: 'Stripe, or the sandbox that stands in for it.' } },
});

@ObjectType('Payment', {
  description: 'An attempt to be paid for an order, however many cards were tried on it.',
})
export class PaymentType {
  @Field(() => ID, { description: 'Identifies the payment.' })
  id!: string;

  @Field(() => Int, { description: 'The number of the attempt.' })
  attempt!: number;

  @Field(() => PaymentStatus, { description: 'Where the money is.' })
  status!: PaymentStatus;

  @Field(() => Gateway, { description: 'Who moves it.' })
  gateway!: Gateway;

  @Field(() => MoneyType, { description: 'What is to be paid.' })
  amount!: MoneyType;

  @Field(() => MoneyType, { description: 'What was paid.' })
  captured!: MoneyType;

  @Field(() => MoneyType, { description: 'What of it went back, or is on its way back.' })
  refunded!: MoneyType;

  @Field(() => String, { nullable: true, description: "The provider's name for it." })
  transactionId!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the last try was declined, as a code.' })
  declineCode!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the last try was declined, for people.' })
  errorMessage!: string | null;

  @Field(() => Date, { description: 'When it was begun.' })
  createdAt!: Date;
}

@ObjectType({ implements: UserError, description: 'The payment was declined, or could not be made.' })
export class PaymentFailed extends UserError {
  @Field(() => String, { nullable: true, description: 'Why, as the bank puts it: `insufficient_funds`.' })
  declineCode!: string | null;

  @Field(() => Boolean, { description: 'Whether another try, perhaps with another card, may work.' })
  retryable!: boolean;
}

@InputType({ description: 'How an order is paid.' })
export class PayOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => String, { nullable: true, description: "A guest order's secret." })
  guestToken?: string | null;

  @Field(() => String, { description: 'A means of payment the provider knows: `pm_card_visa`.' })
  paymentMethod!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where the bank sends the shopper back to when it wants them to approve.',
  })
  returnUrl?: string | null;

  @Field(() => ID, { description: 'Names this try: sent again with the same input, it has the same answer.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The payment went through, or waits for the bank or the shopper.' })
export class PayOrderSuccess {
  @Field(() => OrderType, { description: 'The order; PAID once the money is here.' })
  order!: OrderType;

  @Field(() => String, {
    nullable: true,
    description: 'Where the shopper approves it, if their bank wants that.',
  })
  nextActionUrl!: string | null;
}

export const PayOrderResult = resultUnion({
  name: 'PayOrderResult',
  description: 'What became of paying for an order.',
  types: () =>
    [PayOrderSuccess, PaymentFailed, IllegalTransition, IdempotencyMismatch, NotFound, InvalidInput] as const,
});
