import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '@storegraph/observability';
import { isRefusalCode } from '@storegraph/subgraph-server';

/** Where what clients must not see is told, and what they get instead of it. */
export type Masking = { readonly log: Logger; readonly correlationId: string };

/** Extensions that speak of the inside. */
const INTERNAL = new Set(['stacktrace', 'serviceName', 'http', 'exception']);

/**
 * What a client may see of errors: refusals as they are, anything else only as a correlation id. Such an error is
 * logged, whole.
 */
export function toAnswerErrors(errors: readonly GraphQLError[], masking: Masking): GraphQLFormattedError[] {
  return errors.map((error) =>
    isRefusalCode(error.extensions['code']) ? toAnswerError(error) : masked(error, masking),
  );
}

/** A refusal as a client may see it. */
export function toAnswerError(error: GraphQLError): GraphQLFormattedError {
  const { extensions = {}, ...formatted } = error.toJSON();
  return {
    ...formatted,
    extensions: Object.fromEntries(Object.entries(extensions).filter(([key]) => !INTERNAL.has(key))),
  };
}

function masked(error: GraphQLError, { log, correlationId }: Masking): GraphQLFormattedError {
  log.error({ err: error.originalError ?? error, correlationId }, 'operation failed');
  const { locations, path } = error.toJSON();
  return {
    message: 'Something went wrong on our side.',
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
  };
}

/** Whatever was thrown, as an error of an answer. */
export function asGraphqlError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
