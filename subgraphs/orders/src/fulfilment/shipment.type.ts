import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultUnion } from '@storegraph/subgraph-server';
import { IllegalTransition, OrderLineType, OrderType } from '../orders/order.type.js';
import { InvalidInput, NotFound } from '../user-errors.type.js';
import { ShipmentStatus } from './shipment.js';

registerEnumType(ShipmentStatus, {
  name: 'ShipmentStatus',
  description: 'Where a parcel is.',
  valuesConfig: {
    PREPARED: { description: 'It is packed.' },
    SHIPPED: { description: 'It is on its way.' },
    DELIVERED: { description: 'It has arrived.' },
    RETURNED: { description: 'It came back.' },
  },
});

@ObjectType('ShipmentLine', { description: 'So many of a line in a parcel.' })
export class ShipmentLineType {
  @Field(() => OrderLineType, { description: 'The line.' })
  orderLine!: OrderLineType;

  @Field(() => Int, { description: 'How many of it.' })
  quantity!: number;
}

@ObjectType('Shipment', { description: 'A parcel with part of an order in it.' })
export class ShipmentType {
  @Field(() => ID, { description: 'Identifies the parcel.' })
  id!: string;

  @Field(() => String, { description: 'Who brings it.' })
  carrier!: string;

  @Field(() => String, { nullable: true, description: "The carrier's number for it." })
  trackingNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Where to see how far it is.' })
  trackingUrl!: string | null;

  @Field(() => ShipmentStatus, { description: 'Where it is.' })
  status!: ShipmentStatus;

  @Field(() => Date, { nullable: true, description: 'When it was sent.' })
  shippedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it arrived.' })
  deliveredAt!: Date | null;
}

@InputType({ description: 'So many of a line go into a parcel.' })
export class ShipmentLineInput {
  @Field(() => ID, { description: 'The line.' })
  orderLineId!: string;

  @Field(() => Int, { description: 'How many of it.' })
  quantity!: number;
}

@InputType({ description: 'A parcel that is sent.' })
export class ShipOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => [ShipmentLineInput], {
    nullable: true,
    description: 'What is in it; everything that has yet to be sent if not given.',
  })
  lines?: ShipmentLineInput[] | null;

  @Field(() => String, { description: 'Who brings it.' })
  carrier!: string;

  @Field(() => String, { nullable: true, description: "The carrier's number for it." })
  trackingNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to see how far it is.' })
  trackingUrl?: string | null;
}

@ObjectType({ description: 'The parcel is on its way.' })
export class ShipOrderSuccess {
  @Field(() => OrderType, { description: 'The order as it is now.' })
  order!: OrderType;

  @Field(() => ShipmentType, { description: 'The parcel.' })
  shipment!: ShipmentType;
}

export const ShipOrderResult = resultUnion({
  name: 'ShipOrderResult',
  description: 'What became of sending a parcel.',
  types: () => [ShipOrderSuccess, IllegalTransition, InvalidInput, NotFound] as const,
});

@InputType({ description: 'What has arrived.' })
export class DeliverOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => ID, { nullable: true, description: 'The parcel; all that are on their way if not given.' })
  shipmentId?: string | null;
}

@ObjectType({ description: 'The arrival is noted.' })
export class DeliverOrderSuccess {
  @Field(() => OrderType, { description: 'The order; DELIVERED once everything has arrived.' })
  order!: OrderType;
}

export const DeliverOrderResult = resultUnion({
  name: 'DeliverOrderResult',
  description: 'What became of noting an arrival.',
  types: () => [DeliverOrderSuccess, IllegalTransition, InvalidInput, NotFound] as const,
});
