import type { ExecutionResult } from 'graphql';
import type { PlannedOperation } from '../planning/planner.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import type { EntityReader, KeptEntities } from './kept-entities.js';
import type { Fetch } from './plan-run.js';

/** Runs a planned query or mutation, or completes one event of a planned subscription. */
export type PlanRun = {
  readonly planned: PlannedOperation;
  /** As the client sent them, lifted literals included. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same after coercion, defaults applied. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly fetch: Fetch;
  /** The same on nobody's behalf: what comes of it may be shown to everyone. */
  readonly fetchAsNobody: Fetch;
  /** Entities that need not be fetched; `null` when everything has to be. */
  readonly entities: EntityReader | null;
  /** The answer of a subscription's primary fetch, when an event is being completed. */
  readonly event?: ExecutionResult;
};

/**
 * The engine behind the gateway. Answers with every error it met; data and errors may both be there. The data may be
 * `WrittenData`.
 */
export type PlanExecutor = (run: PlanRun) => Promise<ExecutionResult>;

/** @param kept where entities are looked for before a subgraph is asked; not every executor does */
export type CreatePlanExecutor = (supergraph: LoadedSupergraph, kept?: KeptEntities) => PlanExecutor;
