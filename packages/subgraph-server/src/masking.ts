import { GraphQLError } from 'graphql';
import type { Logger } from '@storegraph/observability';
import { isRefusalCode, refusal } from './refusal.js';

/** SQLSTATE classes 08 and 57P (PostgreSQL, Appendix A), Prisma's and Node's words for the same thing. */
const OUTAGE =
  /^(08\w{3}|57P0[1-3]|53300|P1001|P1002|P1008|P1017|P2024|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const OUTAGE_WORDS =
  /connection terminated|timeout exceeded when trying to connect|server has closed the connection|Can't reach database/i;

/**
 * What a client may see of an error. Refusals pass; an unreachable database becomes `SUBGRAPH_UNAVAILABLE`;
 * anything else is logged once, whole, and answered as `INTERNAL_SERVER_ERROR` with the correlation id alone.
 */
export function maskError(
  error: GraphQLError,
  options: { log: Logger; correlationId: string },
): GraphQLError {
  if (isRefusalCode(error.extensions['code'])) return error;
  const { originalError, nodes, path } = error;
  // Errors of the document itself (parsing, validation, variable coercion) have no cause and speak of the query only.
  if (!originalError) return withCode(error, 'BAD_USER_INPUT');

  const outage = isOutage(originalError);
  const masked = outage
    ? refusal('SUBGRAPH_UNAVAILABLE', 'This part of the shop is unavailable for the moment.')
    : refusal('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
  options.log[outage ? 'warn' : 'error']({ err: originalError, path }, 'request failed');
  return new GraphQLError(masked.message, {
    nodes,
    path,
    extensions: { ...masked.extensions, correlationId: options.correlationId },
  });
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    path: error.path,
    extensions: { ...error.extensions, code },
  });
}

function isOutage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && OUTAGE.test(code)) return true;
    if (OUTAGE_WORDS.test(cause.message)) return true;
  }
  return false;
}
