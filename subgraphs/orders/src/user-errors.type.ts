import { ObjectType } from 'type-graphql';
import { defineUserErrors } from '@storegraph/subgraph-server';

/** Why something could not be done in this domain. */
export enum ErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  PRICE_CHANGED = 'PRICE_CHANGED',
  COUPON_INVALID = 'COUPON_INVALID',
  CART_EXPIRED = 'CART_EXPIRED',
  PAYMENT_FAILED = 'PAYMENT_FAILED',
  ILLEGAL_TRANSITION = 'ILLEGAL_TRANSITION',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

export const { UserError, InvalidInput, NotFound, Conflict } = defineUserErrors(ErrorCode, {
  INVALID_INPUT: 'The input breaks a rule.',
  NOT_FOUND: 'What the input names does not exist, or is not yours.',
  CONFLICT: 'It has changed since you looked.',
  OUT_OF_STOCK: 'There is not enough of something.',
  PRICE_CHANGED: 'Something costs more or less than when you last looked.',
  COUPON_INVALID: 'The discount code cannot be used here.',
  CART_EXPIRED: 'The cart was left alone for too long.',
  PAYMENT_FAILED: 'The payment was declined or could not be made.',
  ILLEGAL_TRANSITION: 'The order cannot go from its present state to that one.',
  IDEMPOTENCY_MISMATCH: 'The idempotency key was used before, for something else.',
});

@ObjectType({
  implements: UserError,
  description: 'The idempotency key was used before, for something else; take a new key.',
})
export class IdempotencyMismatch extends UserError {}

/** The answer to a key that comes back with another input. */
export function idempotencyMismatch(): Pick<IdempotencyMismatch, 'code' | 'message' | 'path'> & {
  __typename: 'IdempotencyMismatch';
} {
  return {
    __typename: 'IdempotencyMismatch',
    code: 'IDEMPOTENCY_MISMATCH',
    message: 'This idempotency key was used before, for something else.',
    path: ['input', 'idempotencyKey'],
  };
}
