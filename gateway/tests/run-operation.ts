import type { ExecutionResult } from 'graphql';
import type { GatewayContext } from '../src/context.js';
import type { Engine, OperationRequest } from '../src/execution/engine.js';

/** Asks an engine as a transport does: makes the operation ready, and runs it unless it is refused. */
export async function runOperation(
  engine: Engine,
  request: OperationRequest,
  context: GatewayContext,
): Promise<ExecutionResult> {
  const ready = engine.ready(request, context);
  return 'planned' in ready ? engine.run(ready, context) : ready;
}
