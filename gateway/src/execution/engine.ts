import { getVariableValues, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import { showWithheld } from '../access/withheld-fields.js';
import type { GatewayContext } from '../context.js';
import type { FetchSubgraph } from '../fetching/subgraph-fetch.js';
import { REPORTED_ERRORS } from '../limits/accept-document.js';
import { createPlanner } from '../planning/planner.js';
import {
  createPrepareOperation,
  type PlannedOperation,
  type PreparedOperation,
} from '../planning/prepare-operation.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import type { PlanExecutor, PlanRun } from './plan-executor.js';
import { createStockExecutor } from './stock-executor.js';

/** A validated document and what to run of it. */
export type OperationRequest = {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
};

/** An operation that passed every check for one viewer and waits to run. */
export type ReadyOperation = {
  readonly prepared: PreparedOperation;
  readonly planned: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type Engine = {
  readonly schema: GraphQLSchema;
  /**
   * Checks variables and access, and plans.
   * @returns the refusal's errors when the operation may not run; nothing has been asked of a subgraph then
   * @throws {GraphQLError} a refusal
   */
  ready(request: OperationRequest, context: GatewayContext): ReadyOperation | ExecutionResult;
  /** Runs a ready query or mutation, or completes one event of a subscription. */
  run(ready: ReadyOperation, context: GatewayContext, event?: ExecutionResult): Promise<ExecutionResult>;
  /** `ready` and `run` for a query or mutation; refusals become errors in the answer. */
  execute(request: OperationRequest, context: GatewayContext): Promise<ExecutionResult>;
};

export function createEngine(supergraph: LoadedSupergraph, fetchSubgraph: FetchSubgraph): Engine {
  const { schema } = supergraph;
  const prepareOperation = createPrepareOperation(supergraph, createPlanner(supergraph));
  const executePlan = createStockExecutor(supergraph);

  const ready: Engine['ready'] = (request, context) => {
    const prepared = prepareOperation(request.document, request.operationName);
    const { coerced, errors } = getVariableValues(
      schema,
      prepared.operation.variableDefinitions ?? [],
      { ...request.variables, ...prepared.literals },
      { maxErrors: REPORTED_ERRORS },
    );
    if (errors) return { errors };
    const planned = prepared.planFor(context.viewer, coerced);
    return { prepared, planned, variables: { ...request.variables, ...prepared.literals } };
  };

  const run: Engine['run'] = (operation, context, event) =>
    finish(executePlan, {
      planned: operation.planned,
      variables: operation.variables,
      fetch: (fetch) => fetchSubgraph(fetch, context),
      ...(event ? { event } : {}),
    });

  return {
    schema,
    ready,
    run,
    async execute(request, context) {
      const operation = ready(request, context);
      if (!('planned' in operation)) return operation;
      if (operation.prepared.kind === 'subscription')
        throw refusal('BAD_USER_INPUT', 'Subscriptions come over WebSocket.', { http: { status: 400 } });
      return run(operation, context);
    },
  };
}

async function finish(executePlan: PlanExecutor, run: PlanRun): Promise<ExecutionResult> {
  const result = await executePlan(run);
  const { withheld } = run.planned;
  if (withheld.length === 0 || !result.data) return result;
  const shown = showWithheld(result.data, withheld);
  const errors = [...(result.errors ?? []), ...shown.errors];
  return errors.length > 0 ? { data: shown.data, errors } : { data: shown.data };
}
