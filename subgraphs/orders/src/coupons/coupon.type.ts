import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '@storegraph/connection';
import { BigIntText, Key, MoneyType, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { Conflict, InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { CouponKind, CouponProblem } from './coupon.js';

registerEnumType(CouponKind, {
  name: 'CouponKind',
  description: 'What a discount code takes off.',
  valuesConfig: {
    PERCENT: { description: 'A share of what the goods cost.' },
    AMOUNT: { description: 'A fixed amount off the goods.' },
    FREE_SHIPPING: { description: 'What sending the goods costs.' },
  },
});

registerEnumType(CouponProblem, {
  name: 'CouponProblem',
  description: 'Why a discount code cannot be used.',
  valuesConfig: {
    UNKNOWN: { description: 'There is no such code.' },
    INACTIVE: { description: 'The shop has switched it off.' },
    NOT_STARTED: { description: 'It is not valid yet.' },
    ENDED: { description: 'It is no longer valid.' },
    USED_UP: { description: 'It has been used as often as it may be.' },
    USED_BY_YOU: { description: 'You have used it as often as you may.' },
    BELOW_MINIMUM: { description: 'The cart is worth too little.' },
  },
});

@Key('id')
@ObjectType('Coupon', { implements: NodeType, description: 'A discount code, as staff see it.' })
export class CouponType extends NodeType {
  @Field(() => String, { description: 'What shoppers type.' })
  code!: string;

  @Field(() => CouponKind, { description: 'What it takes off.' })
  kind!: CouponKind;

  @Field(() => Float, { nullable: true, description: 'The share, in per cent, of a PERCENT.' })
  percent!: number | null;

  @Field(() => MoneyType, { nullable: true, description: 'The amount of an AMOUNT.' })
  amount!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'What the goods must cost at least.' })
  minimum!: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may use it; any number without.' })
  usageLimit!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many orders of one customer may use it.' })
  perCustomerLimit!: number | null;

  @Field(() => Int, { description: 'How many orders have used it.' })
  used!: number;

  @Field(() => Date, { nullable: true, description: 'From when on it can be used.' })
  startsAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'From when on it can be used no more.' })
  endsAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether the shop has it switched on.' })
  active!: boolean;

  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;
}

export const { ConnectionType: CouponConnection } = connectionType(() => CouponType, {
  name: 'Coupon',
  of: 'discount codes',
});

@InputType({ description: 'A discount code as it shall be.' })
export class SaveCouponInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; without it a new one is made.' })
  id?: string | null;

  @Field(() => String, { description: 'What shoppers type: 2 to 40 letters, digits, dashes, underscores.' })
  code!: string;

  @Field(() => CouponKind, { description: 'What it takes off.' })
  kind!: CouponKind;

  @Field(() => Float, { nullable: true, description: 'For a PERCENT: the share, above 0 and at most 100.' })
  percent?: number | null;

  @Field(() => BigIntText, { nullable: true, description: 'For an AMOUNT: minor units, such as cents.' })
  amountMinor?: string | null;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'What the goods must cost at least, in minor units.',
  })
  minimumMinor?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may use it.' })
  usageLimit?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many orders of one customer may use it.' })
  perCustomerLimit?: number | null;

  @Field(() => Date, { nullable: true, description: 'From when on it can be used.' })
  startsAt?: Date | null;

  @Field(() => Date, { nullable: true, description: 'From when on it can be used no more.' })
  endsAt?: Date | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is switched on.' })
  active!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The version you looked at; refused when it has changed.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The discount code was saved.' })
export class SaveCouponSuccess {
  @Field(() => CouponType, { description: 'As it is now.' })
  coupon!: CouponType;
}

export const SaveCouponResult = resultUnion({
  name: 'SaveCouponResult',
  description: 'What became of saving a discount code.',
  types: () => [SaveCouponSuccess, InvalidInput, NotFound, Conflict] as const,
});

@ObjectType({ implements: UserError, description: 'The discount code cannot be used here.' })
export class CouponInvalid extends UserError {
  @Field(() => CouponProblem, { description: 'Why not.' })
  reason!: CouponProblem;
}

@ObjectType({ description: 'A discount code in a cart.' })
export class AppliedCoupon {
  @Field(() => String, { description: 'The code.' })
  code!: string;

  @Field(() => CouponKind, { description: 'What it takes off.' })
  kind!: CouponKind;

  @Field(() => MoneyType, { description: 'How much it takes off now; zero while it cannot be used.' })
  discount!: MoneyType;

  @Field(() => CouponProblem, { nullable: true, description: 'Why it takes nothing off, if it does not.' })
  problem!: CouponProblem | null;
}
