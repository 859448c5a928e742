import { Field, Int, ObjectType } from 'type-graphql';
import { defineUserErrors } from '@storegraph/subgraph-server';

/** Why something could not be done in this domain. */
export enum ErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  BAD_CREDENTIALS = 'BAD_CREDENTIALS',
  EMAIL_TAKEN = 'EMAIL_TAKEN',
  TOKEN_EXPIRED = 'TOKEN_EXPIRED',
  ACCOUNT_LOCKED = 'ACCOUNT_LOCKED',
  ACCOUNT_SUSPENDED = 'ACCOUNT_SUSPENDED',
  SLUG_TAKEN = 'SLUG_TAKEN',
}

export const { UserError, InvalidInput, NotFound, Conflict } = defineUserErrors(ErrorCode, {
  INVALID_INPUT: 'The input breaks a rule.',
  NOT_FOUND: 'What the input names does not exist, or is not yours.',
  CONFLICT: 'It has changed since you looked.',
  BAD_CREDENTIALS: 'The e-mail address and the password do not belong together.',
  EMAIL_TAKEN: 'Somebody has an account with this e-mail address.',
  TOKEN_EXPIRED: 'The session is over; sign in again.',
  ACCOUNT_LOCKED: 'Too many attempts to sign in; wait before the next one.',
  ACCOUNT_SUSPENDED: 'The shop has suspended the account.',
  SLUG_TAKEN: 'Another page of the shop has this address already.',
});

@ObjectType({ implements: UserError, description: 'You could not be signed in.' })
export class AuthFailure extends UserError {
  @Field(() => Int, {
    nullable: true,
    description: 'How many seconds to wait before another attempt makes sense.',
  })
  retryAfterSeconds!: number | null;
}
