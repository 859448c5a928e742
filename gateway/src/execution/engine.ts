import { getVariableValues, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Viewer } from '@storegraph/identity';
import type { GatewayContext } from '../context.js';
import type { FetchSubgraph } from '../fetching/subgraph-fetch.js';
import { REPORTED_ERRORS } from '../limits/accept-document.js';
import { createPlanner, type PlannedOperation } from '../planning/planner.js';
import { createPrepareOperation, type PreparedOperation } from '../planning/prepare-operation.js';
import { withPublicPath } from '../planning/requires-names.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { createCompiledExecutor } from './compiled-executor.js';
import type { KeptEntities } from './kept-entities.js';
import type { CreatePlanExecutor } from './plan-executor.js';
import { createShareRuns } from './share-runs.js';
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
  /** As the client sent them, lifted literals included. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same after coercion, defaults applied. */
  readonly coerced: Readonly<Record<string, unknown>>;
};

/** By the names an operator gives them. */
export const EXECUTORS = {
  compiled: createCompiledExecutor,
  stock: createStockExecutor,
} satisfies Record<string, CreatePlanExecutor>;

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
  /**
   * Makes the plan a viewer will need, and remembers it. Variables may be missing.
   * @throws {GraphQLError} a refusal
   */
  planAhead(request: OperationRequest, viewer: Viewer): void;
};

export function createEngine(
  supergraph: LoadedSupergraph,
  fetchSubgraph: FetchSubgraph,
  options: {
    /** @default the compiled one */
    readonly createExecutor?: CreatePlanExecutor;
    readonly kept?: KeptEntities | undefined;
  } = {},
): Engine {
  const { createExecutor = createCompiledExecutor, kept } = options;
  const { schema } = supergraph;
  const prepareOperation = createPrepareOperation(supergraph, createPlanner(supergraph));
  const executePlan = createExecutor(supergraph, kept);
  const shareRuns = createShareRuns();

  const prepare = ({ document, operationName, variables: sent }: OperationRequest) => {
    const prepared = prepareOperation(document, operationName);
    const variables = { ...sent, ...prepared.literals };
    const definitions = prepared.operation.variableDefinitions ?? [];
    const coercion = getVariableValues(schema, definitions, variables, { maxErrors: REPORTED_ERRORS });
    return { prepared, variables, ...coercion };
  };

  const ready: Engine['ready'] = (request, context) => {
    const { prepared, variables, coerced, errors } = prepare(request);
    if (errors) return { errors };
    const planned = prepared.planFor(context.viewer, coerced);
    context.insight.operation = { document: prepared.document, plan: planned.plan };
    return { prepared, planned, variables, coerced };
  };

  const run: Engine['run'] = ({ prepared, planned, variables, coerced }, context, event) => {
    const execute = () =>
      executePlan({
        planned,
        variables,
        coerced,
        fetch: (fetch) => fetchSubgraph(fetch, context),
        fetchAsNobody: (fetch) => fetchSubgraph(fetch, context.asNobody()),
        // What an event tells of has just changed, and so has what a mutation answers.
        entities: event || prepared.kind !== 'query' ? null : (kept?.readerFor(context) ?? null),
        ...(event ? { event } : {}),
      }).then(withPublicPaths);
    if (event || prepared.kind !== 'query') return execute();
    return shareRuns(planned, `${context.identity} ${JSON.stringify(variables)}`, execute);
  };

  return {
    schema,
    ready,
    run,
    planAhead(request, viewer) {
      const { prepared, variables, coerced = variables } = prepare(request);
      prepared.planFor(viewer, coerced);
    },
  };
}

/** Errors of fields that only a subgraph required come from names the plan made up. */
function withPublicPaths<Result extends ExecutionResult>(result: Result): Result {
  return result.errors ? { ...result, errors: result.errors.map(withPublicPath) } : result;
}
