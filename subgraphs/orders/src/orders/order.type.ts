import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionArguments, countedConnectionType } from '@storegraph/connection';
import { CurrencyCode, Key, MoneyType, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { PaymentStatus } from '../payments/payment.js';
import { InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { OrderStatus } from './order-lifecycle.js';

registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'Where an order is on its way from the checkout to the door, or back.',
  valuesConfig: {
    PENDING: { description: 'It is being put together.' },
    AWAITING_PAYMENT: { description: 'It has yet to be paid.' },
    PAID: { description: 'The money is here.' },
    PROCESSING: { description: 'It is being packed.' },
    PARTIALLY_SHIPPED: { description: 'Part of it is on its way.' },
    SHIPPED: { description: 'All of it is on its way.' },
    DELIVERED: { description: 'All of it has arrived.' },
    CANCELLED: { description: 'Nothing will be sent; what was paid goes back.' },
    PARTIALLY_REFUNDED: { description: 'Part of the money went back.' },
    REFUNDED: { description: 'All of the money went back.' },
  },
});

@Key('id')
@Key('number')
@ObjectType('Order', { implements: NodeType, description: 'What somebody bought, as it was when they did.' })
export class OrderType extends NodeType {
  @Field(() => String, { description: 'What to quote when asking about it: `SG-2026-100001`.' })
  number!: string;

  @Field(() => OrderStatus, { description: 'Where it is on its way.' })
  status!: OrderStatus;

  @Field(() => PaymentStatus, { description: 'Where its money is.' })
  paymentStatus!: PaymentStatus;

  @Field(() => String, { description: 'Who is told about it.' })
  email!: string;

  @Field(() => CurrencyCode, { description: 'The currency of all its amounts.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: 'How it is sent: carrier and service.' })
  shippingMethod!: string | null;

  @Field(() => String, { nullable: true, description: 'What the shopper wished for.' })
  notes!: string | null;

  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;

  @Field(() => Date, { description: 'When it was placed.' })
  placedAt!: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}

@ObjectType('OrderLine', { description: 'So many of one variant, as they were bought.' })
export class OrderLineType {
  @Field(() => ID, { description: 'Identifies the line.' })
  id!: string;

  @Field(() => String, { description: 'What the product was called.' })
  productName!: string;

  @Field(() => String, { description: 'What the variant was called.' })
  variantName!: string;

  @Field(() => String, { description: 'The stock keeping unit.' })
  sku!: string;

  @Field(() => Int, { description: 'How many were bought.' })
  quantity!: number;

  @Field(() => Int, { description: 'How many of them have been sent.' })
  shippedQuantity!: number;

  @Field(() => Int, { description: 'How many of them were given back, or are being given back.' })
  refundedQuantity!: number;

  @Field(() => Boolean, { description: 'Whether it has to be sent.' })
  requiresShipping!: boolean;
}

@ObjectType('OrderEvent', { description: 'One entry in the history of an order.' })
export class OrderEventType {
  @Field(() => ID, { description: 'Identifies the entry.' })
  id!: string;

  @Field(() => Int, {
    description: 'From 1, without gaps; give the last one you saw as `afterSequence` to miss nothing.',
  })
  sequence!: number;

  @Field(() => OrderStatus, { description: 'What the order was from then on.' })
  status!: OrderStatus;

  @Field(() => String, { nullable: true, description: 'What was noted.' })
  notes!: string | null;

  @Field(() => Date, { description: 'When it happened.' })
  at!: Date;
}

@ObjectType({ description: 'A discount an order was placed with.' })
export class OrderDiscount {
  @Field(() => String, { description: 'The discount code.' })
  code!: string;

  @Field(() => MoneyType, { description: 'What it took off.' })
  amount!: MoneyType;
}

@ObjectType({ description: 'News of an order.' })
export class OrderStatusUpdate {
  @Field(() => OrderEventType, { description: 'What happened.' })
  event!: OrderEventType;

  @Field(() => OrderType, { description: 'The order as it is now.' })
  order!: OrderType;
}

export const { ConnectionType: OrderConnection } = countedConnectionType(() => OrderType, {
  name: 'Order',
  of: 'orders',
});

@ArgsType()
export class OrdersArguments extends ConnectionArguments {
  @Field(() => OrderStatus, { nullable: true, description: 'Only orders that are this.' })
  status?: OrderStatus | null;

  @Field(() => String, { nullable: true, description: 'Part of a number, or of an e-mail address.' })
  search?: string | null;
}

@ObjectType({ implements: UserError, description: 'The order cannot become that from where it is.' })
export class IllegalTransition extends UserError {
  @Field(() => OrderStatus, { description: 'Where it is.' })
  from!: OrderStatus;

  @Field(() => [OrderStatus], { description: 'What can follow.' })
  allowed!: OrderStatus[];
}

/** The answer to a move the lifecycle does not allow. */
export function illegalTransition(outcome: {
  from: OrderStatus;
  allowed: readonly OrderStatus[];
  reason: string;
}) {
  const { from, allowed, reason } = outcome;
  return {
    __typename: 'IllegalTransition',
    code: 'ILLEGAL_TRANSITION',
    message: reason,
    path: ['input', 'orderId'],
    from,
    allowed,
  };
}

@InputType({ description: 'Which order to cancel.' })
export class CancelOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => String, { nullable: true, description: "A guest order's secret." })
  guestToken?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters.' })
  reason?: string | null;
}

@ObjectType({ description: 'The order is cancelled; what was paid is on its way back.' })
export class CancelOrderSuccess {
  @Field(() => OrderType, { description: 'The cancelled order.' })
  order!: OrderType;
}

export const CancelOrderResult = resultUnion({
  name: 'CancelOrderResult',
  description: 'What became of cancelling an order.',
  types: () => [CancelOrderSuccess, IllegalTransition, NotFound, InvalidInput] as const,
});

@InputType({ description: 'What an order becomes.' })
export class TransitionOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => OrderStatus, {
    description:
      'What it becomes: PROCESSING, DELIVERED or CANCELLED. The others follow from payments, parcels and refunds.',
  })
  to!: OrderStatus;

  @Field(() => String, { nullable: true, description: 'What to note, at most 500 characters.' })
  notes?: string | null;
}

@ObjectType({ description: 'The order has become that, or was it already.' })
export class TransitionOrderSuccess {
  @Field(() => OrderType, { description: 'The order as it is now.' })
  order!: OrderType;
}

export const TransitionOrderResult = resultUnion({
  name: 'TransitionOrderResult',
  description: 'What became of moving an order on.',
  types: () => [TransitionOrderSuccess, IllegalTransition, NotFound, InvalidInput] as const,
});

@InputType({ description: 'Something to note about an order.' })
export class AddOrderNoteInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => String, { description: 'The note, up to 500 characters; the shopper can read it.' })
  note!: string;
}

@ObjectType({ description: 'The note stands in the history of the order.' })
export class AddOrderNoteSuccess {
  @Field(() => OrderType, { description: 'The order with its note.' })
  order!: OrderType;
}

export const AddOrderNoteResult = resultUnion({
  name: 'AddOrderNoteResult',
  description: 'What became of noting something about an order.',
  types: () => [AddOrderNoteSuccess, NotFound, InvalidInput] as const,
});
