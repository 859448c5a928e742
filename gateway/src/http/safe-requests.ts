import type { OperationTypeNode } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import type { FoundDocument } from '../documents/find-document.js';

/*
 * What may be asked by a method that must change nothing, and that caches may repeat (RFC 9110 §9.2.1): documents the
 * server knows, of which mutations are none.
 */

/** @throws {GraphQLError} `BAD_USER_INPUT` (405) for a text the client made up */
export function requireNamed({ isNamed }: FoundDocument): void {
  if (!isNamed) throw postOnly('GET is for documents the server knows. Send the text of others by POST.');
}

/** @throws {GraphQLError} `BAD_USER_INPUT` (405) for a mutation */
export function requireSafe(kind: `${OperationTypeNode}` | undefined): void {
  if (kind === 'mutation') throw postOnly('GET is for queries. Send mutations by POST.');
}

/** RFC 9110 §15.5.6: a 405 says what would be allowed. */
function postOnly(message: string) {
  return refusal('BAD_USER_INPUT', message, { http: { status: 405, headers: { allow: 'POST' } } });
}
