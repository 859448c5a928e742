import { refusal } from '@storegraph/subgraph-server';

/** What one request asks for, whatever its method (GraphQL over HTTP, "Request Parameters"). */
export type GraphqlParams = {
  readonly query?: string | undefined;
  /** Names a document the server knows (GraphQL over HTTP, "Persisted Documents"). */
  readonly documentId?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
};

/** @throws {GraphQLError} `BAD_USER_INPUT` (400) for what is no request, a batch among them */
export function paramsOfBody(body: unknown): GraphqlParams {
  if (!isRecord(body)) throw badRequest('The body must be one JSON object.');
  return {
    query: text(body, 'query'),
    documentId: text(body, 'documentId'),
    operationName: text(body, 'operationName'),
    variables: record(body['variables'], 'variables'),
    extensions: record(body['extensions'], 'extensions'),
  };
}

/** The same from the address; `variables` and `extensions` are JSON there. @throws {GraphQLError} as above */
export function paramsOfAddress(given: Readonly<Record<string, unknown>>): GraphqlParams {
  return {
    query: text(given, 'query'),
    documentId: text(given, 'documentId'),
    operationName: text(given, 'operationName'),
    variables: recordIn(given, 'variables'),
    extensions: recordIn(given, 'extensions'),
  };
}

function text(given: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = given[name];
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  throw badRequest(`"${name}" must be a string, given once.`);
}

function record(value: unknown, name: string): Record<string, unknown> | undefined {
  if (isRecord(value)) return value;
  if (value === undefined || value === null) return undefined;
  throw badRequest(`"${name}" must be an object.`);
}

function recordIn(
  given: Readonly<Record<string, unknown>>,
  name: string,
): Record<string, unknown> | undefined {
  const json = text(given, name);
  if (!json) return undefined;
  try {
    return record(JSON.parse(json), name);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(`"${name}" is not JSON.`);
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badRequest(message: string) {
  return refusal('BAD_USER_INPUT', message);
}
