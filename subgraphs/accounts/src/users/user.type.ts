import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionArguments, countedConnectionType } from '@storegraph/connection';
import { CurrencyCode, Key, LocaleCode, NodeType, Policy, resultUnion } from '@storegraph/subgraph-server';
import { SignedIn } from '../sessions/signed-in.type.js';
import { AuthFailure, InvalidInput, NotFound } from '../user-errors.type.js';
import { UserStatus, type Role } from './user.js';

/** GraphQL's names for the roles the rest of the platform writes in lower case. */
export const RoleEnum = { CUSTOMER: 'customer', SELLER: 'seller', STAFF: 'staff', ADMIN: 'admin' } as const;

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What somebody is to the shop.',
  valuesConfig: {
    CUSTOMER: { description: 'Buys.' },
    SELLER: { description: 'Sells under a verified business, and buys.' },
    STAFF: { description: 'Works for the shop.' },
    ADMIN: { description: 'Works for the shop, and decides about people.' },
  },
});

registerEnumType(UserStatus, {
  name: 'UserStatus',
  description: 'The standing of an account.',
  valuesConfig: {
    PENDING: { description: 'Open, the e-mail address not confirmed yet.' },
    ACTIVE: { description: 'Open and confirmed.' },
    SUSPENDED: { description: 'Closed by the shop for now; nobody can sign in to it.' },
    ERASED: { description: 'Forgotten at the request of its owner.' },
  },
});

@ObjectType({ description: 'How you like to shop.' })
export class ShoppingPreferences {
  @Field(() => LocaleCode, { nullable: true, description: 'The language you read.' })
  locale!: string | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'The currency you see prices in.' })
  currency!: string | null;

  @Field(() => Boolean, { description: 'Whether you want to hear about offers by e-mail.' })
  newsletter!: boolean;
}

@Key('id')
@ObjectType('User', { implements: NodeType, description: 'A person with an account.' })
export class UserType extends NodeType {
  @Field(() => String, { description: 'The name others see.' })
  displayName!: string;

  @Policy([['self'], ['staff']])
  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName!: string | null;

  @Policy([['self'], ['staff']])
  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName!: string | null;

  @Policy([['self'], ['staff']])
  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email!: string | null;

  @Policy([['self'], ['staff']])
  @Field(() => Boolean, { nullable: true, description: 'Whether the e-mail address is known to be theirs.' })
  emailVerified!: boolean | null;

  @Policy([['self'], ['staff']])
  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone!: string | null;

  @Policy([['self'], ['staff']])
  @Field(() => RoleEnum, { nullable: true, description: 'What they are to the shop.' })
  role!: Role | null;

  @Policy([['self'], ['staff']])
  @Field(() => UserStatus, { nullable: true, description: 'The standing of the account.' })
  status!: UserStatus | null;

  @Policy([['self']])
  @Field(() => ShoppingPreferences, { nullable: true, description: 'How they like to shop.' })
  preferences!: ShoppingPreferences | null;

  @Field(() => Date, { description: 'Since when they have the account.' })
  createdAt!: Date;

  @Policy([['self'], ['staff']])
  @Field(() => Date, { nullable: true, description: 'When the account last changed.' })
  updatedAt!: Date | null;
}

export const { ConnectionType: UserConnection } = countedConnectionType(() => UserType, {
  name: 'User',
  of: 'users',
});

@ArgsType()
export class UsersArguments extends ConnectionArguments {
  @Field(() => String, { nullable: true, description: 'How the e-mail address or a name begins.' })
  search?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'Only people with this role.' })
  role?: Role | null;

  @Field(() => UserStatus, { nullable: true, description: 'Only accounts of this standing.' })
  status?: UserStatus | null;
}

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'Your e-mail address, to sign in with.' })
  email!: string;

  @Field(() => String, { description: 'A password of 10 to 256 characters.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone?: string | null;
}

@ObjectType({ implements: SignedIn, description: 'The account is open and you are signed in.' })
export class RegisterSuccess extends SignedIn {}

export const RegisterResult = resultUnion({
  name: 'RegisterResult',
  description: 'What became of a registration.',
  types: () => [RegisterSuccess, AuthFailure, InvalidInput] as const,
});

@InputType({ description: 'How you like to shop; what you leave out stays.' })
export class ShoppingPreferencesInput {
  @Field(() => LocaleCode, { nullable: true, description: 'The language you read.' })
  locale?: string | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'The currency you see prices in.' })
  currency?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether you want to hear about offers by e-mail.' })
  newsletter?: boolean | null;
}

@InputType({ description: 'What changes about you; what you leave out stays, and null clears it.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name others see, from 2 to 60 characters; null for your first name and an initial.',
  })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone?: string | null;

  @Field(() => ShoppingPreferencesInput, { nullable: true, description: 'How you like to shop.' })
  preferences?: ShoppingPreferencesInput | null;
}

@ObjectType({ description: 'The profile has changed.' })
export class UpdateProfileSuccess {
  @Field(() => UserType, { description: 'You, as you are now.' })
  user!: UserType;
}

export const UpdateProfileResult = resultUnion({
  name: 'UpdateProfileResult',
  description: 'What became of a change to a profile.',
  types: () => [UpdateProfileSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'A new password.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password you have now.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The password you want, of 10 to 256 characters.' })
  newPassword!: string;
}

@ObjectType({ description: 'The password has changed, and you are signed out everywhere else.' })
export class ChangePasswordSuccess {
  @Field(() => UserType, { description: 'You.' })
  user!: UserType;

  @Field(() => Int, { description: 'How many other sessions ended.' })
  endedSessions!: number;
}

export const ChangePasswordResult = resultUnion({
  name: 'ChangePasswordResult',
  description: 'What became of a change of password.',
  types: () => [ChangePasswordSuccess, AuthFailure, InvalidInput] as const,
});
