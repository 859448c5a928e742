import type { ExecutionResult } from 'graphql';
import type { GatewayContext } from '../context.js';
import type { Engine } from '../execution/engine.js';
import { showBill } from './bill.js';
import type { Guard } from './guard.js';

/** An engine that plans nothing before the guard admits it, and asks nothing of a subgraph before it is charged. */
export function guardEngine(engine: Engine, guard: Guard): Engine {
  return {
    ...engine,
    ready(request, context) {
      guard.admit(request, context);
      return engine.ready(request, context);
    },
    async run(ready, context, event) {
      // An event of a subscription was paid for with it.
      if (event) return engine.run(ready, context, event);
      await guard.settle(context.bill);
      return withBill(await engine.run(ready, context), context);
    },
  };
}

function withBill(result: ExecutionResult, { bill, insight }: GatewayContext): ExecutionResult {
  const cost = insight.showsCost ? showBill(bill) : null;
  return cost ? { ...result, extensions: { ...result.extensions, cost } } : result;
}
