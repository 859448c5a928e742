import { defineUserErrors } from '@storegraph/subgraph-server';

/** Why something could not be done in this domain. */
export enum ErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  UNSUPPORTED_TYPE = 'UNSUPPORTED_TYPE',
  TOO_LARGE = 'TOO_LARGE',
  NOT_UPLOADED = 'NOT_UPLOADED',
  UPLOAD_EXPIRED = 'UPLOAD_EXPIRED',
}

export const { UserError, InvalidInput, NotFound } = defineUserErrors(ErrorCode, {
  INVALID_INPUT: 'The input breaks a rule.',
  NOT_FOUND: 'What the input names does not exist, or is not yours.',
  CONFLICT: 'It has changed since you looked.',
  UNSUPPORTED_TYPE: 'Files of this type are not taken for this purpose.',
  TOO_LARGE: 'The file is larger than files of its type may be.',
  NOT_UPLOADED: 'The file has not arrived yet.',
  UPLOAD_EXPIRED: 'The file was not sent in time; begin again.',
});
