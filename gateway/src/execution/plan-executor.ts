import type { ExecutionResult } from 'graphql';
import type { SubgraphFetch } from '../fetching/subgraph-fetch.js';
import type { PlannedOperation } from '../planning/planner.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';

/** Runs a planned query or mutation, or completes one event of a planned subscription. */
export type PlanRun = {
  readonly planned: PlannedOperation;
  /** As the client sent them, lifted literals included. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same after coercion, defaults applied. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly fetch: (fetch: SubgraphFetch) => Promise<ExecutionResult>;
  /** The answer of a subscription's primary fetch, when an event is being completed. */
  readonly event?: ExecutionResult;
};

/**
 * The engine behind the gateway. Answers with every error it met; data and errors may both be there. The data may be
 * `WrittenData`.
 */
export type PlanExecutor = (run: PlanRun) => Promise<ExecutionResult>;

export type CreatePlanExecutor = (supergraph: LoadedSupergraph) => PlanExecutor;
