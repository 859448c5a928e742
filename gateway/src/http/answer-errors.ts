import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { currentCorrelationId, type Logger } from '@storegraph/observability';
import { isRefusalCode } from '@storegraph/subgraph-server';

/** Extensions that speak of the inside. */
const INTERNAL = new Set(['stacktrace', 'serviceName', 'http', 'exception']);

/**
 * What a client may see of errors: refusals as they are, anything else only as a correlation id. Such an error is
 * logged, whole.
 */
export function toAnswerErrors(errors: readonly GraphQLError[], log: Logger): GraphQLFormattedError[] {
  return errors.map((error) => (isRefusalCode(error.extensions['code']) ? shown(error) : masked(error, log)));
}

function shown(error: GraphQLError): GraphQLFormattedError {
  const { extensions = {}, ...formatted } = error.toJSON();
  return {
    ...formatted,
    extensions: Object.fromEntries(Object.entries(extensions).filter(([key]) => !INTERNAL.has(key))),
  };
}

function masked(error: GraphQLError, log: Logger): GraphQLFormattedError {
  log.error({ err: error.originalError ?? error }, 'operation failed');
  const correlationId = currentCorrelationId();
  const { locations, path } = error.toJSON();
  return {
    message: 'Something went wrong on our side.',
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...(correlationId ? { correlationId } : {}) },
  };
}

/** Whatever was thrown, as an error of an answer. */
export function asGraphqlError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
