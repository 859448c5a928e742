import type { ExecutionResult, OperationDefinitionNode } from 'graphql';
import { currentSpan, inSpan, isTracing, type SpanStart } from '@storegraph/observability';
import type { Engine } from '../execution/engine.js';
import { boundedNames } from './bounded-names.js';

/** Clients name operations freely; spans keep this many names apart. */
const NAMED_OPERATIONS = 200;
const spanName = boundedNames(NAMED_OPERATIONS);

/**
 * Makes each operation a span, and each event of a subscription, by OpenTelemetry's semantic conventions for GraphQL
 * servers. Documents stay out: their literals may be a person's. Leaves the engine as it is unless tracing has started.
 */
export function traceOperations(engine: Engine): Engine {
  if (!isTracing()) return engine;
  return {
    ...engine,
    run: (ready, context, event) => {
      // Over a socket there is no HTTP request around it.
      const kind = currentSpan() ? 'internal' : 'server';
      const start = { ...spanOf(ready.prepared.operation, context.correlationId), kind } as const;
      return traced(start, () => engine.run(ready, context, event));
    },
  };
}

function traced(start: SpanStart, work: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
  return inSpan(
    () => start,
    async (span) => {
      const result = await work();
      if (span && result.errors) span.fail(String(result.errors[0]?.extensions['code']));
      return result;
    },
  );
}

function spanOf(operation: OperationDefinitionNode, correlationId: string): SpanStart {
  const type = operation.operation;
  const name = operation.name?.value;
  return {
    name: name ? `${type} ${spanName(name)}` : type,
    attributes: {
      'graphql.operation.type': type,
      'graphql.operation.name': name,
      'storegraph.correlation_id': correlationId,
    },
  };
}
