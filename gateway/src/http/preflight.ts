import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from '@storegraph/subgraph-server';

/** Headers a page of another origin cannot send without asking first; Apollo's clients send them. */
const ASKING_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** Content types a form can send without asking first (Fetch standard, "CORS-safelisted request-header"). */
const FORM_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/**
 * Refuses a request that a page of another origin could have made its visitor's browser send without a preflight
 * (cross-site request forgery). Needed where the content type does not tell, which is with `GET`.
 *
 * @throws {GraphQLError} `BAD_USER_INPUT` (400)
 */
export function requirePreflight(headers: IncomingHttpHeaders): void {
  const [essence = ''] = (headers['content-type'] ?? '').split(';');
  if (essence && !FORM_TYPES.has(essence.trim().toLowerCase())) return;
  if (ASKING_HEADERS.some((name) => headers[name])) return;
  throw refusal(
    'BAD_USER_INPUT',
    `A GET request must have one of the headers ${ASKING_HEADERS.join(', ')}, or content-type: application/json.`,
  );
}

/**
 * A body is JSON, which a page of another origin cannot send without a preflight either.
 *
 * @throws {GraphQLError} `BAD_USER_INPUT` (415)
 */
export function requireJsonBody(headers: IncomingHttpHeaders): void {
  if (headers['content-type']?.trimStart().toLowerCase().startsWith('application/json')) return;
  throw refusal('BAD_USER_INPUT', 'The body must be application/json.', { http: { status: 415 } });
}
