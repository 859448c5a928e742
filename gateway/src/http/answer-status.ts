import type { GraphQLError } from 'graphql';
import type { RefusalCode } from '@storegraph/subgraph-server';
import { GRAPHQL_TYPE, type AnswerType } from './media-type.js';

/** What a refused request is answered with, where the refusal itself names no status. */
const STATUS: Readonly<Partial<Record<RefusalCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  DEADLINE_EXCEEDED: 504,
  SUBGRAPH_UNAVAILABLE: 503,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  DOCUMENT_NOT_TRUSTED: 403,
};

/** Steps of a conversation rather than failures: older clients of persisted queries want to see 200. */
const PERSISTED_QUERY_CODES: ReadonlySet<unknown> = new Set([
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

type Errors = readonly GraphQLError[] | undefined;

/** What a refusal may say about the answer as a whole, in `extensions.http`. */
type HttpWish = { readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

/**
 * The status of a request that was refused as a whole. One that got `data` is 200, whatever is missing (GraphQL over
 * HTTP, "Status Codes").
 */
export function refusalStatus(errors: Errors, type: AnswerType): number {
  const [first] = errors ?? [];
  const code = first?.extensions['code'];
  if (PERSISTED_QUERY_CODES.has(code)) return type === GRAPHQL_TYPE ? 400 : 200;
  return wishOf(first)?.status ?? STATUS[code as RefusalCode] ?? 500;
}

/** Headers the refusals ask for, such as `retry-after`. */
export function refusalHeaders(errors: Errors): Record<string, string> {
  const wishes = (errors ?? []).map((error) => wishOf(error)?.headers);
  return Object.assign({}, ...wishes) as Record<string, string>;
}

function wishOf(error: GraphQLError | undefined): HttpWish | undefined {
  return error?.extensions['http'] as HttpWish | undefined;
}
