import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Decimal, resultUnion } from '@storegraph/subgraph-server';
import { CartExpired, CartType, OutOfStock } from '../carts/cart.type.js';
import { CouponInvalid } from '../coupons/coupon.type.js';
import { OrderType } from '../orders/order.type.js';
import { PostalAddressInput } from '../shipping/address.type.js';
import { Conflict, IdempotencyMismatch, InvalidInput, NotFound, UserError } from '../user-errors.type.js';

@InputType({ description: 'Where a cart goes, and how.' })
export class ReserveCheckoutInput {
  @Field(() => String, { nullable: true, description: "A guest cart's secret; your own cart without it." })
  cartToken?: string | null;

  @Field(() => String, { nullable: true, description: 'Who is told about the order.' })
  email?: string | null;

  @Field(() => PostalAddressInput, { description: 'Where it is to be sent.' })
  shippingAddress!: PostalAddressInput;

  @Field(() => ID, {
    nullable: true,
    description:
      'How it is to be sent: the code of one of the shipping options. Not for what needs no sending.',
  })
  shippingOptionId?: string | null;
}

@ObjectType({ description: 'Everything in the cart is held for you.' })
export class ReserveCheckoutSuccess {
  @Field(() => CartType, { description: 'The cart, what it costs, and until when it is held.' })
  cart!: CartType;
}

export const ReserveCheckoutResult = resultUnion({
  name: 'ReserveCheckoutResult',
  description: 'What became of holding a cart for the checkout.',
  types: () => [ReserveCheckoutSuccess, OutOfStock, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'Which cart becomes an order.' })
export class PlaceOrderInput {
  @Field(() => String, { nullable: true, description: "A guest cart's secret; your own cart without it." })
  cartToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who is told about the order, if the cart does not say.',
  })
  email?: string | null;

  @Field(() => ID, {
    description: 'Names this order: sent again with the same input within a day, it has the same answer.',
  })
  idempotencyKey!: string;

  @Field(() => Decimal, {
    nullable: true,
    description: 'The total you were shown: `"619.98"`. Nothing is ordered when it is another by now.',
  })
  expectedTotal?: string | null;

  @Field(() => PostalAddressInput, { nullable: true, description: 'Who is billed, if somebody else.' })
  billingAddress?: PostalAddressInput | null;

  @Field(() => String, { nullable: true, description: 'What to mind about it, at most 1,000 characters.' })
  notes?: string | null;
}

@ObjectType({ description: 'The order stands.' })
export class PlaceOrderSuccess {
  @Field(() => OrderType, { description: 'The order. It is paid at once when nothing is to be paid.' })
  order!: OrderType;

  @Field(() => String, {
    nullable: true,
    description:
      'What the shopper pays with in their browser. Null when nothing is to be paid, or while the payment provider does not answer: pay with `payOrder` then.',
  })
  clientSecret!: string | null;

  @Field(() => String, { description: "The shop's public key at the payment provider, to be used with it." })
  publishableKey!: string;

  @Field(() => String, {
    nullable: true,
    description: "A guest order's secret. Keep it to come back to the order.",
  })
  guestToken!: string | null;

  @Field(() => Boolean, { description: 'Whether this is the answer to an earlier wish with the same key.' })
  replayed!: boolean;
}

@ObjectType({ implements: UserError, description: 'It costs something else by now; look at the cart again.' })
export class PriceChanged extends UserError {
  @Field(() => CartType, { description: 'The cart at its present price.' })
  cart!: CartType;
}

export const PlaceOrderResult = resultUnion({
  name: 'PlaceOrderResult',
  description: 'What became of placing an order.',
  types: () =>
    [
      PlaceOrderSuccess,
      OutOfStock,
      PriceChanged,
      CouponInvalid,
      IdempotencyMismatch,
      InvalidInput,
      NotFound,
      CartExpired,
    ] as const,
});
