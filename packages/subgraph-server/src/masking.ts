import { GraphQLError, Kind } from 'graphql';
import { SlowSubscriber } from '@storegraph/events';
import type { Logger } from '@storegraph/observability';
import { isRefusalCode, refusal } from './refusal.js';
import { SubgraphUnreachable } from './subgraph-unreachable.js';

/** SQLSTATE classes 08 and 57P (PostgreSQL, Appendix A), Prisma's and Node's words for the same thing. */
const OUTAGE =
  /^(08\w{3}|57P0[1-3]|53300|P1001|P1002|P1008|P1017|P2024|P2037|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** A database that is closed to everybody says so with a code (55000) that is used for much else. */
const OUTAGE_WORDS =
  /connection terminated|timeout exceeded when trying to connect|server has closed the connection|Can't reach database|is not currently accepting connections/i;

/**
 * A value PostgreSQL cannot hold, such as text with a NUL or a number out of range (SQLSTATE class 22): it can only
 * have come from the request, as with a forged cursor.
 */
const BAD_VALUE = /^22(003|007|008|021|P02|P03|P05)$/;

type Masking = {
  readonly log: Logger;
  readonly correlationId: string;
  /** What has been logged for this answer: one failure may leave many gaps. */
  readonly reported?: Set<unknown>;
};

/**
 * What a client may see of an error. Refusals pass; an unreachable database becomes `SUBGRAPH_UNAVAILABLE`;
 * anything else is logged once, whole, and answered as `INTERNAL_SERVER_ERROR` with the correlation id alone.
 */
export function maskError(error: GraphQLError, options: Masking): GraphQLError {
  if (isRefusalCode(error.extensions['code'])) return error;
  if (isAboutRequest(error)) return refusalAt(error, refusal('BAD_USER_INPUT', error.message));
  return refusalAt(error, maskThrown(error.originalError ?? error, options, error.path));
}

/** As `maskError`, for what was thrown beside any field. */
export function maskThrown(
  thrown: unknown,
  { log, correlationId, reported }: Masking,
  path?: readonly (string | number)[],
): GraphQLError {
  if (thrown instanceof GraphQLError && isRefusalCode(thrown.extensions['code'])) return thrown;
  const { level, code, message } = kindOf(thrown);
  if (!reported?.has(thrown)) log[level]({ err: thrown, path }, 'request failed');
  reported?.add(thrown);
  return refusal(code, message, { correlationId });
}

function kindOf(thrown: unknown) {
  if (isOutage(thrown)) {
    const message = 'This part of the shop is unavailable for the moment.';
    return { level: 'warn', code: 'SUBGRAPH_UNAVAILABLE', message } as const;
  }
  if (sqlStates(thrown).some((state) => BAD_VALUE.test(state)))
    return {
      level: 'warn',
      code: 'BAD_USER_INPUT',
      message: 'A value is not one the shop can hold.',
    } as const;
  const message = 'Something went wrong on our side.';
  return { level: 'error', code: 'INTERNAL_SERVER_ERROR', message } as const;
}

/** Errors of the document and its variables have no path, or were found where a variable meets an argument. */
function isAboutRequest({ path, originalError }: GraphQLError): boolean {
  if (!path) return true;
  return (
    originalError instanceof GraphQLError &&
    !originalError.originalError &&
    originalError.nodes?.[0]?.kind === Kind.VARIABLE
  );
}

function refusalAt({ nodes, path }: GraphQLError, { message, extensions }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes, path, extensions });
}

function isOutage(thrown: unknown): boolean {
  if (thrown instanceof SubgraphUnreachable || thrown instanceof SlowSubscriber) return true;
  if (sqlStates(thrown).some((code) => OUTAGE.test(code))) return true;
  return causes(thrown).some(({ message }) => OUTAGE_WORDS.test(message));
}

/** The codes of an error and its causes; Prisma keeps PostgreSQL's own beneath `meta.driverAdapterError`. */
function sqlStates(thrown: unknown): string[] {
  return causes(thrown).flatMap((error) => {
    const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: unknown } } };
    const original = meta?.driverAdapterError?.cause as
      { originalCode?: unknown; code?: unknown } | undefined;
    return [code, original?.originalCode, original?.code].filter((one) => typeof one === 'string');
  });
}

function causes(thrown: unknown): Error[] {
  const found: Error[] = [];
  for (let cause = thrown; cause instanceof Error && !found.includes(cause); cause = cause.cause)
    found.push(cause);
  return found;
}
