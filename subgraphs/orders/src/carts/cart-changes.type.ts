import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { resultUnion } from '@storegraph/subgraph-server';
import { CouponInvalid } from '../coupons/coupon.type.js';
import { PostalAddressInput } from '../shipping/address.type.js';
import { Conflict, InvalidInput, NotFound } from '../user-errors.type.js';
import { CartExpired, CartType } from './cart.type.js';

@InputType({ description: 'Which cart.' })
export abstract class CartAimInput {
  @Field(() => String, { nullable: true, description: "A guest cart's secret; your own cart without it." })
  cartToken?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version you looked at; refused when it has changed.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'A changed cart.' })
abstract class CartChanged {
  @Field(() => CartType, { description: 'The cart as it is now.' })
  cart!: CartType;
}

@InputType({ description: 'Something to put into a cart.' })
export class CartLineInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => Int, { defaultValue: 1, description: 'How many, from 1 to 999.' })
  quantity!: number;

  @Field(() => [ID], { nullable: true, description: 'What is chosen of the customizations of its product.' })
  customizationValueIds?: string[] | null;
}

@InputType({ description: 'Things to put into a cart.' })
export class AddCartLinesInput extends CartAimInput {
  @Field(() => [CartLineInput], { description: 'The things, at most 100.' })
  lines!: CartLineInput[];
}

@ObjectType({ description: 'The things are in the cart.' })
export class AddCartLinesSuccess extends CartChanged {
  @Field(() => String, {
    nullable: true,
    description: 'The secret of a cart just opened for a guest. Keep it: it is told only once.',
  })
  cartToken!: string | null;
}

export const AddCartLinesResult = resultUnion({
  name: 'AddCartLinesResult',
  description: 'What became of putting things into a cart.',
  types: () => [AddCartLinesSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'How many of a line are wanted.' })
export class UpdateCartLineInput extends CartAimInput {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;

  @Field(() => Int, { description: 'How many, from 1 to 999.' })
  quantity!: number;
}

@ObjectType({ description: 'The line has the new quantity.' })
export class UpdateCartLineSuccess extends CartChanged {}

export const UpdateCartLineResult = resultUnion({
  name: 'UpdateCartLineResult',
  description: 'What became of changing a quantity.',
  types: () => [UpdateCartLineSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'A line to take out of a cart.' })
export class RemoveCartLineInput extends CartAimInput {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;
}

@ObjectType({ description: 'The line is gone.' })
export class RemoveCartLineSuccess extends CartChanged {}

export const RemoveCartLineResult = resultUnion({
  name: 'RemoveCartLineResult',
  description: 'What became of removing a line.',
  types: () => [RemoveCartLineSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'A discount code to put on a cart.' })
export class ApplyCouponInput extends CartAimInput {
  @Field(() => String, { description: 'The code, in capital letters or small ones.' })
  code!: string;
}

@ObjectType({ description: 'The discount code is on the cart.' })
export class ApplyCouponSuccess extends CartChanged {}

export const ApplyCouponResult = resultUnion({
  name: 'ApplyCouponResult',
  description: 'What became of a discount code.',
  types: () => [ApplyCouponSuccess, CouponInvalid, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'A discount code to take off a cart.' })
export class RemoveCouponInput extends CartAimInput {
  @Field(() => String, { description: 'The code.' })
  code!: string;
}

@ObjectType({ description: 'The discount code is not on the cart.' })
export class RemoveCouponSuccess extends CartChanged {}

export const RemoveCouponResult = resultUnion({
  name: 'RemoveCouponResult',
  description: 'What became of taking a discount code off.',
  types: () => [RemoveCouponSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'Where a cart is to be sent.' })
export class SetCartAddressInput extends CartAimInput {
  @Field(() => PostalAddressInput, { description: 'The address.' })
  address!: PostalAddressInput;

  @Field(() => String, { nullable: true, description: 'Whom to tell about the order, by e-mail.' })
  email?: string | null;
}

@ObjectType({ description: 'The cart goes there.' })
export class SetCartAddressSuccess extends CartChanged {}

export const SetCartAddressResult = resultUnion({
  name: 'SetCartAddressResult',
  description: 'What became of giving an address.',
  types: () => [SetCartAddressSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'How a cart is to be sent.' })
export class ChooseShippingOptionInput extends CartAimInput {
  @Field(() => String, { description: 'The code of one of its shipping options.' })
  option!: string;
}

@ObjectType({ description: 'The cart is sent so.' })
export class ChooseShippingOptionSuccess extends CartChanged {}

export const ChooseShippingOptionResult = resultUnion({
  name: 'ChooseShippingOptionResult',
  description: 'What became of choosing how to send a cart.',
  types: () => [ChooseShippingOptionSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});

@InputType({ description: 'A guest cart that becomes part of your own.' })
export class MergeCartInput {
  @Field(() => String, { description: "The guest cart's secret." })
  cartToken!: string;
}

@ObjectType({ description: 'What was in the guest cart is in yours.' })
export class MergeCartSuccess extends CartChanged {}

export const MergeCartResult = resultUnion({
  name: 'MergeCartResult',
  description: 'What became of merging two carts.',
  types: () => [MergeCartSuccess, InvalidInput, NotFound, CartExpired] as const,
});

@InputType({ description: 'A cart to show to others.' })
export class ShareCartInput extends CartAimInput {}

@ObjectType({ description: 'The cart can be shown.' })
export class ShareCartSuccess extends CartChanged {
  @Field(() => String, { description: 'Whoever has it can look at the cart; sharing again replaces it.' })
  shareToken!: string;
}

export const ShareCartResult = resultUnion({
  name: 'ShareCartResult',
  description: 'What became of sharing a cart.',
  types: () => [ShareCartSuccess, InvalidInput, NotFound, CartExpired, Conflict] as const,
});
