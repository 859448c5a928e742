import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Decimal, MoneyType, resultUnion } from '@storegraph/subgraph-server';
import { OrderLineType, OrderType } from '../orders/order.type.js';
import { IdempotencyMismatch, InvalidInput, NotFound } from '../user-errors.type.js';
import { RefundStatus } from './refund.js';

registerEnumType(RefundStatus, {
  name: 'RefundStatus',
  description: 'Whether money has gone back.',
  valuesConfig: {
    PENDING: { description: 'It is on its way.' },
    SUCCEEDED: { description: 'It has gone back.' },
    FAILED: { description: 'The bank did not take it; it is still here.' },
  },
});

@ObjectType('RefundLine', { description: 'So many of a line came back.' })
export class RefundLineType {
  @Field(() => OrderLineType, { description: 'The line.' })
  orderLine!: OrderLineType;

  @Field(() => Int, { description: 'How many of it.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'What was paid for them.' })
  amount!: MoneyType;

  @Field(() => Boolean, { description: 'Whether they go back on the shelf.' })
  restocked!: boolean;
}

@ObjectType('Refund', { description: 'Money that goes back to whoever paid.' })
export class RefundType {
  @Field(() => ID, { description: 'Identifies the refund.' })
  id!: string;

  @Field(() => MoneyType, { description: 'How much.' })
  amount!: MoneyType;

  @Field(() => RefundStatus, { description: 'Whether it has gone back.' })
  status!: RefundStatus;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, if it did.' })
  errorMessage!: string | null;

  @Field(() => Date, { description: 'When it was asked for.' })
  createdAt!: Date;
}

@InputType({ description: 'So many of a line are given back.' })
export class RefundLineInput {
  @Field(() => ID, { description: 'The line.' })
  orderLineId!: string;

  @Field(() => Int, { description: 'How many of it.' })
  quantity!: number;
}

@InputType({
  description:
    'What is given back: lines, or an amount. Without either, all that is left, shipping included.',
})
export class RefundOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => [RefundLineInput], { nullable: true, description: 'Lines, for what was paid for them.' })
  lines?: RefundLineInput[] | null;

  @Field(() => Decimal, { nullable: true, description: 'An amount in the currency of the order: `"9.90"`.' })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters.' })
  reason?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the goods go back on the shelf.' })
  restock!: boolean;

  @Field(() => ID, {
    description: 'Names this wish: sent again with the same input, it has the same answer.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The money goes back.' })
export class RefundOrderSuccess {
  @Field(() => OrderType, { description: 'The order as it is now.' })
  order!: OrderType;

  @Field(() => RefundType, { description: 'The refund; see its status.' })
  refund!: RefundType;

  @Field(() => Boolean, { description: 'Whether this is the answer to an earlier wish with the same key.' })
  replayed!: boolean;
}

export const RefundOrderResult = resultUnion({
  name: 'RefundOrderResult',
  description: 'What became of giving money back.',
  types: () => [RefundOrderSuccess, InvalidInput, NotFound, IdempotencyMismatch] as const,
});
