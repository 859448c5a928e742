import { GraphQLError } from 'graphql';

/**
 * Why a request, or one field of it, was refused. Clients meet these in `errors[].extensions.code`; the list is
 * closed. Failures a client branches on inside a mutation are data instead: members of its result union.
 */
export const REFUSAL_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'RATE_LIMITED',
  'OVERLOADED',
  'DEADLINE_EXCEEDED',
  'SUBGRAPH_UNAVAILABLE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'DOCUMENT_NOT_TRUSTED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'INTERNAL_SERVER_ERROR',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refusal, ready to be thrown. `extensions` may carry a `field` and a `reason` for the client. */
export function refusal(
  code: RefusalCode,
  message: string,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/** Refuses. @throws {GraphQLError} always, with `extensions.code` */
export function refuse(code: RefusalCode, message: string, extensions: Record<string, unknown> = {}): never {
  throw refusal(code, message, extensions);
}

export function isRefusalCode(code: unknown): code is RefusalCode {
  return REFUSAL_CODES.includes(code as RefusalCode);
}
