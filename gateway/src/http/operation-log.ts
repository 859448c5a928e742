import type { ApolloServerPlugin } from '@apollo/server';
import { histogram, type Logger } from '@storegraph/observability';
import type { GatewayContext } from '../context.js';

const durations = histogram('graphql_operation_duration_seconds', 'Time of one GraphQL operation.', [
  'operation',
]);

/** Clients name operations freely; metrics keep this many names apart. */
const NAMED_OPERATIONS = 200;
const names = new Set<string>();

/** What is known of an operation when it has ended. */
export type OperationRecord = {
  readonly operation: string | null | undefined;
  readonly kind: string;
  readonly transport: 'http' | 'websocket';
  readonly context: GatewayContext;
  readonly startedAt: number;
  readonly codes: readonly string[];
};

/** One structured line and one measurement for each operation. */
export function recordOperation(record: OperationRecord, log: Logger): void {
  const { operation, kind, transport, context, startedAt, codes } = record;
  const millis = performance.now() - startedAt;
  durations.observe({ operation: metricName(operation) }, millis / 1_000);
  const { viewer } = context;
  log.info(
    {
      operation: operation ?? null,
      kind,
      transport,
      viewer: viewer.kind === 'user' ? viewer.id : viewer.kind,
      durationMillis: Math.round(millis * 10) / 10,
      ...(codes.length > 0 ? { codes: [...new Set(codes)] } : {}),
    },
    'operation',
  );
}

function metricName(operation: string | null | undefined): string {
  if (!operation) return 'anonymous';
  if (names.has(operation)) return operation;
  if (names.size >= NAMED_OPERATIONS) return 'other';
  names.add(operation);
  return operation;
}

/** Records what came over HTTP. */
export function operationLogPlugin(log: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart() {
      const startedAt = performance.now();
      return Promise.resolve({
        willSendResponse({ response, contextValue, operation, operationName }) {
          const { body } = response;
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          recordOperation(
            {
              operation: operationName,
              kind: operation?.operation ?? 'unknown',
              transport: 'http',
              context: contextValue,
              startedAt,
              codes: errors.map(({ extensions }) => String(extensions?.['code'])),
            },
            log,
          );
          return Promise.resolve();
        },
      });
    },
  };
}
