import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionArguments, countedConnectionType } from '@storegraph/connection';
import { Decimal, Key, NodeType, Policy, resultUnion } from '@storegraph/subgraph-server';
import { Conflict, InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { SellerStatus } from './seller.js';

registerEnumType(SellerStatus, {
  name: 'SellerStatus',
  description: 'Where a business stands with the shop.',
  valuesConfig: {
    APPLIED: { description: 'Has asked to sell here.' },
    UNDER_REVIEW: { description: 'Somebody is looking at the application.' },
    VERIFIED: { description: 'Sells here.' },
    REJECTED: { description: 'Was turned down, and may apply again.' },
    SUSPENDED: { description: 'Must not sell for now.' },
  },
});

@Key('id')
@Key('slug')
@ObjectType('Seller', { implements: NodeType, description: 'A business that sells here.' })
export class SellerType extends NodeType {
  @Field(() => String, { description: 'Its name in web addresses.' })
  slug!: string;

  @Field(() => String, { description: 'The name it trades under.' })
  businessName!: string;

  @Field(() => String, { nullable: true, description: 'What it says about itself.' })
  about!: string | null;

  @Field(() => SellerStatus, { description: 'Where it stands with the shop.' })
  status!: SellerStatus;

  @Policy([['seller-owner'], ['staff']])
  @Field(() => String, { nullable: true, description: 'Why the shop decided as it did.' })
  statusReason!: string | null;

  @Field(() => Date, { nullable: true, description: 'Since when it has been verified.' })
  verifiedAt!: Date | null;

  @Policy([['seller-owner'], ['staff']])
  @Field(() => String, { nullable: true, description: 'Its tax number.' })
  taxId!: string | null;

  @Field(() => Date, { description: 'When it applied first.' })
  createdAt!: Date;
}

export const { ConnectionType: SellerConnection } = countedConnectionType(() => SellerType, {
  name: 'Seller',
  of: 'sellers',
});

@ArgsType()
export class SellersArguments extends ConnectionArguments {
  @Field(() => SellerStatus, { nullable: true, description: 'Only sellers that stand like this.' })
  status?: SellerStatus | null;
}

@InputType({ description: 'A business that wants to sell here.' })
export class ApplyAsSellerInput {
  @Field(() => String, { description: 'The name it trades under, from 2 to 120 characters.' })
  businessName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name it wants in web addresses, such as `blue-shop`; made from its name when left out.',
  })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it says about itself, at most 2,000 characters.',
  })
  about?: string | null;

  @Field(() => String, {
    description: 'Its tax number, from 4 to 40 characters. Nobody but the shop sees it.',
  })
  taxId!: string;
}

@ObjectType({ description: 'The application has arrived.' })
export class ApplyAsSellerSuccess {
  @Field(() => SellerType, { description: 'The business, waiting for a decision.' })
  seller!: SellerType;
}

@ObjectType({ implements: UserError, description: 'Another seller uses this name in web addresses.' })
export class SellerSlugTaken extends UserError {}

export const ApplyAsSellerResult = resultUnion({
  name: 'ApplyAsSellerResult',
  description: 'What became of an application.',
  types: () => [ApplyAsSellerSuccess, SellerSlugTaken, Conflict, InvalidInput] as const,
});

@InputType({ description: 'A decision about a seller.' })
export class DecideSellerInput {
  @Field(() => ID, { description: 'The seller.' })
  sellerId!: string;

  @Field(() => SellerStatus, { description: 'Where it stands from now on.' })
  status!: SellerStatus;

  @Field(() => String, { nullable: true, description: 'Why, for the seller to read.' })
  reason?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'The share of each sale the shop keeps: `"0.10"` is ten percent. Stays as it is when left out.',
  })
  commissionRate?: string | null;
}

@ObjectType({ description: 'The decision stands.' })
export class DecideSellerSuccess {
  @Field(() => SellerType, { description: 'The seller as it stands now.' })
  seller!: SellerType;
}

export const DecideSellerResult = resultUnion({
  name: 'DecideSellerResult',
  description: 'What became of a decision about a seller.',
  types: () => [DecideSellerSuccess, NotFound, Conflict, InvalidInput] as const,
});
