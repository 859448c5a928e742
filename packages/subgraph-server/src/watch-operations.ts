import type { ExecutionResult } from 'graphql';
import { histogram, inSpan } from '@storegraph/observability';
import type { SubgraphRequest } from './link.js';

type Execute = (request: SubgraphRequest) => Promise<ExecutionResult>;

const durations = histogram(
  'subgraph_operation_duration_seconds',
  'Time a subgraph worked on one operation.',
  ['subgraph', 'outcome'],
);

/** Measures a subgraph's operations, and makes each a span. */
export function watchOperations(subgraph: string, execute: Execute): Execute {
  return (request) =>
    inSpan(
      () => spanOf(subgraph, request),
      async (span) => {
        const startedAt = performance.now();
        const result = await execute(request);
        const outcome = result.errors ? 'errors' : 'ok';
        durations.observe({ subgraph, outcome }, (performance.now() - startedAt) / 1_000);
        if (span && result.errors) span.fail(String(result.errors[0]?.extensions['code']));
        return result;
      },
    );
}

/** OpenTelemetry's semantic conventions for GraphQL servers, without the document: it may hold people's data as literals. */
function spanOf(subgraph: string, { query, operationName }: SubgraphRequest) {
  const type = operationType(query);
  return {
    name: `${type} ${subgraph}`,
    attributes: {
      'graphql.operation.type': type,
      'graphql.operation.name': operationName,
      'storegraph.subgraph': subgraph,
    },
  };
}

function operationType(query: string): string {
  return /^\s*(mutation|subscription)\b/.exec(query)?.[1] ?? 'query';
}
