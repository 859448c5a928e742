import { Field, InputType, ObjectType } from 'type-graphql';
import { CountryCode } from '@storegraph/subgraph-server';

@ObjectType({ description: 'Where something is sent, as it was written on the order or cart.' })
export class PostalAddress {
  @Field(() => String, { description: 'Who receives it.' })
  fullName!: string;

  @Field(() => String, { nullable: true, description: 'Whom the carrier may call.' })
  phone!: string | null;

  @Field(() => String, { description: 'Street and number.' })
  street!: string;

  @Field(() => String, { nullable: true, description: 'Floor, flat, company.' })
  street2!: string | null;

  @Field(() => String, { description: 'The town.' })
  city!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The state or province, as its code where there is one.',
  })
  state!: string | null;

  @Field(() => String, { description: 'The postal code.' })
  zip!: string;

  @Field(() => CountryCode, { description: 'The country.' })
  country!: string;
}

@InputType({ description: 'Where something is to be sent.' })
export class PostalAddressInput {
  @Field(() => String, { description: 'Who receives it.' })
  fullName!: string;

  @Field(() => String, { nullable: true, description: 'Whom the carrier may call.' })
  phone?: string | null;

  @Field(() => String, { description: 'Street and number.' })
  street!: string;

  @Field(() => String, { nullable: true, description: 'Floor, flat, company.' })
  street2?: string | null;

  @Field(() => String, { description: 'The town.' })
  city!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The state or province; needed where taxes depend on it, as its code: `CA`.',
  })
  state?: string | null;

  @Field(() => String, { description: 'The postal code.' })
  zip!: string;

  @Field(() => String, { description: 'The country, as its ISO 3166-1 code of two letters: `DE`.' })
  country!: string;
}
