import { defineUserErrors } from '@storegraph/subgraph-server';

/** Why something could not be done in this domain. */
export enum ErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  SLUG_TAKEN = 'SLUG_TAKEN',
  SKU_TAKEN = 'SKU_TAKEN',
}

export const { UserError, InvalidInput, NotFound, Conflict } = defineUserErrors(ErrorCode, {
  INVALID_INPUT: 'The input breaks a rule.',
  NOT_FOUND: 'What the input names does not exist, or is not yours.',
  CONFLICT: 'It has changed since you looked.',
  SLUG_TAKEN: 'Another page of the shop has this address already.',
  SKU_TAKEN: 'Another variant has this SKU already.',
});
