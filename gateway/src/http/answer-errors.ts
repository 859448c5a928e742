import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { currentCorrelationId, type Logger } from '@storegraph/observability';
import { isRefusalCode } from '@storegraph/subgraph-server';

/** Codes of Apollo Server itself, and the words of our closed list for them. */
const RENAMED: Readonly<Record<string, string>> = {
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
};

/** Extensions that speak of the inside. */
const INTERNAL = new Set(['stacktrace', 'serviceName', 'http', 'exception']);

/**
 * What a client may see of an error: refusals as they are, anything else only as a correlation id. The error itself is
 * logged, whole.
 */
export function formatErrors(
  log: Logger,
): (formatted: GraphQLFormattedError, error?: unknown) => GraphQLFormattedError {
  return ({ message, locations, path, extensions = {} }, error) => {
    const given = String(extensions['code'] ?? '');
    const code = RENAMED[given] ?? given;
    if (!isRefusalCode(code)) log.error({ err: error }, 'operation failed');
    const known = isRefusalCode(code) ? Object.entries(extensions).filter(([key]) => !INTERNAL.has(key)) : [];
    const correlationId = currentCorrelationId();
    return {
      message: isRefusalCode(code) ? message : 'Something went wrong on our side.',
      ...(locations ? { locations } : {}),
      ...(path ? { path } : {}),
      extensions: {
        ...Object.fromEntries(known),
        code: isRefusalCode(code) ? code : 'INTERNAL_SERVER_ERROR',
        ...(isRefusalCode(code) || !correlationId ? {} : { correlationId }),
      },
    };
  };
}

/** The same for errors that do not pass through Apollo Server. */
export function toAnswerErrors(errors: readonly GraphQLError[], log: Logger): GraphQLFormattedError[] {
  const format = formatErrors(log);
  return errors.map((error) => format(error.toJSON(), error));
}
