import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { CountryCode, resultUnion } from '@storegraph/subgraph-server';
import { InvalidInput, NotFound } from '../user-errors.type.js';
import { AddressPurpose } from './address.js';

registerEnumType(AddressPurpose, {
  name: 'AddressPurpose',
  description: 'What an address is used for.',
  valuesConfig: {
    SHIPPING: { description: 'Things are sent there.' },
    BILLING: { description: 'Bills are addressed to it.' },
  },
});

@ObjectType('Address', { description: 'Where you have things sent, or bills addressed.' })
export class AddressType {
  @Field(() => ID, { description: 'Identifies the address.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What you call it, such as "Work".' })
  label!: string | null;

  @Field(() => String, { description: 'Who receives things there.' })
  fullName!: string;

  @Field(() => String, { nullable: true, description: 'Whom a courier may call.' })
  phone!: string | null;

  @Field(() => String, { description: 'Street and number.' })
  street!: string;

  @Field(() => String, { nullable: true, description: 'Floor, apartment or company.' })
  street2!: string | null;

  @Field(() => String, { description: 'City or town.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'State, province or region.' })
  state!: string | null;

  @Field(() => String, { description: 'Postal code.' })
  zip!: string;

  @Field(() => CountryCode, { description: 'Country.' })
  country!: string;

  @Field(() => Boolean, { description: 'Whether things are sent here unless you say otherwise.' })
  defaultShipping!: boolean;

  @Field(() => Boolean, { description: 'Whether bills are addressed here unless you say otherwise.' })
  defaultBilling!: boolean;
}

@InputType({ description: 'A new address, or all of an address that changes.' })
export class SaveAddressInput {
  @Field(() => ID, { nullable: true, description: 'The address to change; leave it out for a new one.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'What you call it, at most 60 characters.' })
  label?: string | null;

  @Field(() => String, { description: 'Who receives things there.' })
  fullName!: string;

  @Field(() => String, { nullable: true, description: 'Whom a courier may call.' })
  phone?: string | null;

  @Field(() => String, { description: 'Street and number.' })
  street!: string;

  @Field(() => String, { nullable: true, description: 'Floor, apartment or company.' })
  street2?: string | null;

  @Field(() => String, { description: 'City or town.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'State, province or region.' })
  state?: string | null;

  @Field(() => String, { description: 'Postal code.' })
  zip!: string;

  @Field(() => CountryCode, { description: 'Country.' })
  country!: string;
}

@ObjectType({ description: 'The address is in your book.' })
export class SaveAddressSuccess {
  @Field(() => AddressType, { description: 'The address as it is now.' })
  address!: AddressType;
}

export const SaveAddressResult = resultUnion({
  name: 'SaveAddressResult',
  description: 'What became of an address to save.',
  types: () => [SaveAddressSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'An address that goes.' })
export class DeleteAddressInput {
  @Field(() => ID, { description: 'The address.' })
  id!: string;
}

@ObjectType({ description: 'The address is gone.' })
export class DeleteAddressSuccess {
  @Field(() => ID, { description: 'What identified it.' })
  deletedId!: string;
}

export const DeleteAddressResult = resultUnion({
  name: 'DeleteAddressResult',
  description: 'What became of an address to delete.',
  types: () => [DeleteAddressSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'An address to begin with.' })
export class SetDefaultAddressInput {
  @Field(() => ID, { description: 'The address.' })
  id!: string;

  @Field(() => AddressPurpose, { description: 'What it is to be used for.' })
  purpose!: AddressPurpose;
}

@ObjectType({ description: 'The address is the default.' })
export class SetDefaultAddressSuccess {
  @Field(() => AddressType, { description: 'The address as it is now.' })
  address!: AddressType;
}

export const SetDefaultAddressResult = resultUnion({
  name: 'SetDefaultAddressResult',
  description: 'What became of a default to set.',
  types: () => [SetDefaultAddressSuccess, NotFound, InvalidInput] as const,
});
