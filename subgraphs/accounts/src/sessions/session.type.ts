import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { resultUnion } from '@storegraph/subgraph-server';
import { AuthFailure, InvalidInput, NotFound } from '../user-errors.type.js';
import { SignedIn } from './signed-in.type.js';

@ObjectType('Session', { description: 'One of your sign-ins, on one device.' })
export class SessionType {
  @Field(() => ID, { description: 'Identifies the session.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The browser or app, as it calls itself.' })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: 'The network address it was last used from.' })
  ip!: string | null;

  @Field(() => Date, { description: 'When you signed in.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it was last refreshed.' })
  lastSeenAt!: Date;

  @Field(() => Date, { description: 'When it ends unless it is refreshed before.' })
  expiresAt!: Date;
}

@InputType({ description: 'Who you are.' })
export class LoginInput {
  @Field(() => String, { description: 'Your e-mail address.' })
  email!: string;

  @Field(() => String, { description: 'Your password.' })
  password!: string;
}

@ObjectType({ implements: SignedIn, description: 'You are signed in.' })
export class LoginSuccess extends SignedIn {}

export const LoginResult = resultUnion({
  name: 'LoginResult',
  description: 'What became of an attempt to sign in.',
  types: () => [LoginSuccess, AuthFailure, InvalidInput] as const,
});

@InputType({ description: 'A session to go on with.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The refresh token you got last.' })
  refreshToken!: string;
}

@ObjectType({ implements: SignedIn, description: 'The session goes on, with new tokens.' })
export class RefreshSessionSuccess extends SignedIn {}

export const RefreshSessionResult = resultUnion({
  name: 'RefreshSessionResult',
  description: 'What became of a session to go on with.',
  types: () => [RefreshSessionSuccess, AuthFailure, InvalidInput] as const,
});

@InputType({ description: 'Where to sign out.' })
export class LogoutInput {
  @Field(() => Boolean, { defaultValue: false, description: 'On all your devices, not only on this one.' })
  everywhere!: boolean;
}

@ObjectType({ description: 'You are signed out.' })
export class LogoutSuccess {
  @Field(() => Int, { description: 'How many sessions ended.' })
  endedSessions!: number;
}

export const LogoutResult = resultUnion({
  name: 'LogoutResult',
  description: 'What became of signing out.',
  types: () => [LogoutSuccess] as const,
});

@InputType({ description: 'A session to end.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'The session, one of yours.' })
  id!: string;
}

@ObjectType({ description: 'The session is over.' })
export class RevokeSessionSuccess {
  @Field(() => ID, { description: 'The session that ended.' })
  endedId!: string;
}

export const RevokeSessionResult = resultUnion({
  name: 'RevokeSessionResult',
  description: 'What became of a session to end.',
  types: () => [RevokeSessionSuccess, NotFound] as const,
});
