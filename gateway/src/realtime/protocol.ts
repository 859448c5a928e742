/** graphql-transport-ws: messages and close codes (PROTOCOL.md of graphql-ws). */

import type { GraphqlParams } from '../http/graphql-params.js';

export const SUBPROTOCOL = 'graphql-transport-ws';

/** Why a socket is closed. The reason of a close frame has at most 123 bytes (RFC 6455 §5.5). */
export type Closing = { readonly code: number; readonly reason: string };

export const CLOSING = {
  goingAway: { code: 1001, reason: 'Going away' }, // RFC 6455 §7.4.1
  tryAgainLater: { code: 1013, reason: 'Try again later' }, // IANA, WebSocket Close Code Number Registry
  unauthorized: { code: 4401, reason: 'Unauthorized' },
  forbidden: { code: 4403, reason: 'Forbidden' },
  subprotocol: { code: 4406, reason: 'Subprotocol not acceptable' },
  initTimeout: { code: 4408, reason: 'Connection initialisation timeout' },
  tooManyInits: { code: 4429, reason: 'Too many initialisation requests' },
  internalError: { code: 4500, reason: 'Internal server error' },
  // Our own, beside the protocol's:
  expired: { code: 4403, reason: 'Token expired' },
  slowReader: { code: 4413, reason: 'Reading too slowly' },
} satisfies Record<string, Closing>;

export const invalidMessage = (why: string): Closing => ({ code: 4400, reason: why });

export const subscriberExists = (id: string): Closing => ({
  code: 4409,
  reason: `Subscriber for ${id} already exists`,
});

type Payload = Record<string, unknown> | null | undefined;

export type ClientMessage =
  | { readonly type: 'connection_init' | 'ping' | 'pong'; readonly payload?: Payload }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: GraphqlParams }
  | { readonly type: 'complete'; readonly id: string };

/** A message of a type or format that the protocol does not know, or that only servers send. */
export class InvalidMessage extends Error {
  override readonly name = 'InvalidMessage';
}

/** An id comes back in every message of its operation and in the reason of a close frame. */
const LONGEST_ID_BYTES = 90;

/** @throws {InvalidMessage} with a reason short enough for a close frame */
export function readMessage(text: string): ClientMessage {
  const message = parse(text);
  if (!isRecord(message)) throw new InvalidMessage('Expected a message object');
  const { type, id, payload } = message;
  switch (type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      if (!isNullish(payload) && !isRecord(payload)) throw new InvalidMessage('Expected a payload object');
      return { type, payload };
    case 'subscribe':
      return { type, id: readId(id), payload: readParams(payload) };
    case 'complete':
      return { type, id: readId(id) };
    default:
      throw new InvalidMessage('Unknown message type');
  }
}

function readParams(payload: unknown): GraphqlParams {
  if (!isRecord(payload)) throw new InvalidMessage('Expected a payload object');
  const { query, operationName, variables, extensions } = payload;
  if (typeof query !== 'string') throw new InvalidMessage('Expected "query" to be a string');
  if (!isNullish(operationName) && typeof operationName !== 'string')
    throw new InvalidMessage('Expected "operationName" to be a string');
  if (!isNullish(variables) && !isRecord(variables))
    throw new InvalidMessage('Expected "variables" to be an object');
  if (!isNullish(extensions) && !isRecord(extensions))
    throw new InvalidMessage('Expected "extensions" to be an object');
  return {
    query,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

function readId(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw new InvalidMessage('Expected an "id"');
  if (Buffer.byteLength(id) > LONGEST_ID_BYTES) throw new InvalidMessage('The "id" is too long');
  return id;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidMessage('Expected JSON');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
