import { defineUserErrors } from '@storegraph/subgraph-server';

/** Why something could not be done in this domain. */
export enum ErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  ALREADY_REVIEWED = 'ALREADY_REVIEWED',
}

export const { UserError, InvalidInput, NotFound, Conflict } = defineUserErrors(ErrorCode, {
  INVALID_INPUT: 'The input breaks a rule.',
  NOT_FOUND: 'What the input names does not exist, or is not yours.',
  CONFLICT: 'It has changed since you looked.',
  ALREADY_REVIEWED: 'You have reviewed this product before.',
});
