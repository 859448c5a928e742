import { print } from 'graphql';
import { counter, distribution, histogram, withoutRedaction, type Logger } from '@storegraph/observability';
import { isRefusalCode } from '@storegraph/subgraph-server';
import type { GatewayContext } from '../context.js';
import { sha256 } from '../documents/sha256.js';
import { boundedNames } from './bounded-names.js';
import { rounded } from './explain.js';
import { planText } from './plan-text.js';

/** What is known of an operation when it has ended. */
export type OperationRecord = {
  readonly operation: string | null | undefined;
  readonly kind: string;
  readonly transport: 'http' | 'websocket' | 'sse';
  readonly context: GatewayContext;
  /** By `performance.now()`. */
  readonly startedAt: number;
  /** Of the errors in the answer. */
  readonly codes: readonly string[];
};

export type RecordOperation = (record: OperationRecord) => void;

const durations = histogram('graphql_operation_duration_seconds', 'Time of one GraphQL operation.', [
  'operation',
  'kind',
  'outcome',
]);
const errors = counter('graphql_operation_errors_total', 'Errors in answers to operations, by code.', [
  'code',
]);
const slowOperations = counter(
  'graphql_slow_operations_total',
  'Operations that took longer than they should.',
);

/** Points, as `limits/` counts them. */
const COST_BOUNDS = [1, 10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const costs = distribution(
  'graphql_operation_cost_points',
  'What operations may cost at most, as estimated before they run.',
  COST_BOUNDS,
);

/** Clients name operations freely; metrics keep this many names apart. */
const NAMED_OPERATIONS = 200;
const metricName = boundedNames(NAMED_OPERATIONS);

/** Codes that say the shop failed, not its client. */
const FAILURES: readonly string[] = ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED'];

/**
 * One structured line and one measurement for each operation, and a line with the plan for a slow one.
 *
 * @param options.slowMillis operations that take this long or longer are slow
 */
export function createOperationRecorder(options: { log: Logger; slowMillis: number }): RecordOperation {
  const { log, slowMillis } = options;
  const lines = withoutRedaction(log);
  return (record) => {
    const durationMillis = performance.now() - record.startedAt;
    const codes = codesOf(record);
    measure(record, codes, durationMillis);
    lines.info(lineOf(record, codes, durationMillis), 'operation');
    if (durationMillis < slowMillis) return;
    slowOperations.inc();
    log.warn({ ...lineOf(record, codes, durationMillis), ...reasonsOf(record) }, 'slow operation');
  };
}

function codesOf({ codes }: OperationRecord): readonly string[] {
  if (codes.length === 0) return codes;
  return [...new Set(codes.map((code) => (isRefusalCode(code) ? code : 'INTERNAL_SERVER_ERROR')))];
}

function measure(
  { operation, kind, context }: OperationRecord,
  codes: readonly string[],
  millis: number,
): void {
  const labels = { operation: metricName(operation), kind, outcome: outcomeOf(codes) };
  durations.observe(labels, millis / 1_000);
  for (const code of codes) errors.inc({ code });
  const { cost } = context.insight;
  if (cost !== null) costs.observe(cost);
}

function outcomeOf(codes: readonly string[]): 'ok' | 'failed' | 'refused' {
  if (codes.length === 0) return 'ok';
  return codes.some((code) => FAILURES.includes(code)) ? 'failed' : 'refused';
}

function lineOf(record: OperationRecord, codes: readonly string[], durationMillis: number) {
  const { operation, kind, transport, context } = record;
  const { viewer } = context;
  return {
    correlationId: context.correlationId,
    operation: operation ?? null,
    kind,
    transport,
    viewer: viewer.kind === 'user' ? viewer.id : viewer.kind,
    durationMillis: rounded(durationMillis),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

/** Why it may have been slow. The document is told by its hash, with variables in place of literals: values stay out. */
function reasonsOf({ context }: OperationRecord) {
  const { operation, cost, fetches } = context.insight;
  return {
    ...(operation ? { document: sha256(print(operation.document)), plan: planText(operation.plan) } : {}),
    ...(cost === null ? {} : { cost }),
    fetches: fetches.map(({ subgraph, startMillis, durationMillis, outcome }) => ({
      subgraph,
      startMillis: rounded(startMillis),
      durationMillis: rounded(durationMillis),
      outcome,
    })),
  };
}
