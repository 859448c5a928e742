import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AssumedSize, CurrencyCode, Key, MoneyType, NodeType } from '@storegraph/subgraph-server';
import { ErrorCode, UserError } from '../user-errors.type.js';

@Key('id')
@ObjectType('Cart', { implements: NodeType, description: 'What somebody is about to buy.' })
export class CartType extends NodeType {
  @Field(() => Int, {
    description: 'Grows with every change; give it as `expectedVersion` to notice others.',
  })
  version!: number;

  @Field(() => CurrencyCode, { description: 'The currency of all its prices.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: 'Who is told about the order.' })
  email!: string | null;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;

  @Field(() => Date, { description: 'When it is forgotten unless something happens to it.' })
  expiresAt!: Date;
}

@ObjectType('CartLine', { description: 'So many of one variant, customized alike.' })
export class CartLineType {
  @Field(() => ID, { description: 'Identifies the line.' })
  id!: string;

  @Field(() => String, { description: 'The product, as it was called when the price was promised.' })
  productName!: string;

  @Field(() => String, { description: 'The variant, as it was called when the price was promised.' })
  variantName!: string;

  @Field(() => String, { description: 'The stock keeping unit.' })
  sku!: string;

  @Field(() => Int, { description: 'How many, from 1 to 999.' })
  quantity!: number;

  @Field(() => Boolean, { description: 'Whether it has to be sent.' })
  requiresShipping!: boolean;

  @Field(() => Date, { description: 'Until when the price is promised; it is asked for again after that.' })
  quoteExpiresAt!: Date;
}

@ObjectType('CartWarning', { description: 'Something to know before paying.' })
export class CartWarningType {
  @Field(() => ErrorCode, { description: 'What kind of thing it is.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'What it is, for people.' })
  message!: string;

  @Field(() => ID, { nullable: true, description: 'The line it is about.' })
  lineId!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many can be had, where that is the matter.' })
  available!: number | null;
}

@ObjectType({ description: 'A way to have a cart sent.' })
export class ShippingOption {
  @Field(() => String, { description: 'Names it when choosing: `standard`.' })
  code!: string;

  @Field(() => String, { description: 'Who brings it.' })
  carrier!: string;

  @Field(() => String, { description: "The carrier's service." })
  service!: string;

  @Field(() => MoneyType, { description: 'What it costs.' })
  price!: MoneyType;

  @Field(() => Int, { description: 'It takes at least so many working days.' })
  minDays!: number;

  @Field(() => Int, { description: 'It takes at most so many working days.' })
  maxDays!: number;
}

@ObjectType({ description: "Somebody's cart, as they show it to others." })
export class SharedCart {
  @Field(() => CurrencyCode, { description: 'The currency of all its prices.' })
  currency!: string;

  @AssumedSize(10)
  @Field(() => [CartLineType], { description: 'What is in it; put the same into your own cart to buy it.' })
  lines!: CartLineType[];

  @Field(() => MoneyType, { description: 'What it costs, before discounts, shipping and tax.' })
  subtotal!: MoneyType;
}

@ObjectType({
  implements: UserError,
  description: 'The cart was left alone for too long and is gone; start another.',
})
export class CartExpired extends UserError {}

@ObjectType({ implements: UserError, description: 'There is not enough of something.' })
export class OutOfStock extends UserError {
  @AssumedSize(10)
  @Field(() => [CartWarningType], { description: 'Of what, and how many there are.' })
  lines!: CartWarningType[];
}
