import type { FastifyRequest } from 'fastify';
import { getOperationAST } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import type { Documents } from '../documents/find-document.js';
import { paramsOfAddress, paramsOfBody, type GraphqlParams } from '../http/graphql-params.js';
import { requirePreflight } from '../http/preflight.js';
import { requireNamed, requireSafe } from '../http/safe-requests.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import type { AllowsOrigin } from './origin.js';

type Options = {
  readonly documents: Documents;
  readonly acceptDocument: AcceptDocument;
  readonly allowsOrigin: AllowsOrigin;
};

/**
 * Reads what an event stream shall carry. `GET` carries what it answers with JSON, and subscriptions to documents the
 * server knows.
 *
 * @throws {GraphQLError} for what is no request of ours
 */
export async function readStreamRequest(
  { method, headers, body, query }: FastifyRequest,
  options: Options,
): Promise<GraphqlParams> {
  if (!options.allowsOrigin(headers)) throw refusal('FORBIDDEN', 'Not from this page.');
  if (method === 'GET') requireOwnPage(headers);
  const params = method === 'GET' ? paramsOfAddress(query as Record<string, unknown>) : paramsOfBody(body);
  if (!params.query && !params.documentId && !params.extensions)
    throw refusal('BAD_USER_INPUT', 'Say what to run.');
  if (method === 'GET') await requireSafeDocument(params, options);
  return params;
}

/**
 * `EventSource` sends no header of a page's own choice: there the browser says itself whose page it is, by the origin,
 * which has been looked at, or that it is the gateway's own (Fetch Metadata, "Sec-Fetch-Site").
 */
function requireOwnPage(headers: FastifyRequest['headers']): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] !== 'same-origin') requirePreflight(headers);
}

async function requireSafeDocument(
  params: GraphqlParams,
  { documents, acceptDocument }: Options,
): Promise<void> {
  const found = await documents.find(params);
  requireNamed(found);
  const document = acceptDocument(found.source);
  if ('kind' in document) requireSafe(getOperationAST(document, params.operationName)?.operation);
}
