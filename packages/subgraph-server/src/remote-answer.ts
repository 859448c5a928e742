import { GraphQLError, type ExecutionResult } from 'graphql';

type WireError = {
  message: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
};

/**
 * An answer from the wire as if it had been given in this process, its errors `GraphQLError`s again. Their locations
 * are left behind: they speak of a document the reader has not seen.
 *
 * @throws {TypeError} for JSON that is no answer to a GraphQL request (GraphQL specification, Response Format)
 */
export function readAnswer(json: unknown): ExecutionResult {
  if (!isRecord(json)) throw new TypeError('not a GraphQL answer');
  const { data, errors, extensions } = json;
  if (data !== undefined && data !== null && !isRecord(data)) throw new TypeError('its data is no object');
  if (data === undefined && errors === undefined) throw new TypeError('neither data nor errors');
  const answer: { -readonly [Name in keyof ExecutionResult]: ExecutionResult[Name] } = {};
  if (data !== undefined) answer.data = data;
  if (errors !== undefined) answer.errors = readErrors(errors);
  if (isRecord(extensions)) answer.extensions = extensions;
  return answer;
}

/** @throws {TypeError} unless it is a list of errors with messages */
export function readErrors(json: unknown): GraphQLError[] {
  if (!Array.isArray(json) || json.length === 0 || !json.every(isWireError))
    throw new TypeError('its errors are no list of errors');
  return json.map(({ message, path, extensions }) => new GraphQLError(message, { path, extensions }));
}

function isWireError(value: unknown): value is WireError {
  if (!isRecord(value) || typeof value['message'] !== 'string') return false;
  const { path, extensions } = value;
  return (path == null || Array.isArray(path)) && (extensions == null || isRecord(extensions));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
