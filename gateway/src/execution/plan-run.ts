import type { ExecutionResult, GraphQLError } from 'graphql';
import type { SubgraphFetch } from '../fetching/subgraph-fetch.js';

/** An object of an answer. Keys come from clients: some have no prototype, and any may be called `__proto__`. */
export type Entity = Record<string, unknown>;

/** What the steps of one plan share while it runs. */
export type RunState = {
  /** The answer so far: what subgraphs said, joined. Holds more than the client asked for. */
  readonly data: Entity;
  /** As the client sent them: what custom scalars mean is the subgraphs' to say. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same after coercion, defaults applied. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly errors: GraphQLError[];
  /** Whether several objects wait for one entity and share what is below it. */
  shares: boolean;
  readonly fetch: (fetch: SubgraphFetch) => Promise<ExecutionResult>;
};

/** A compiled part of a plan. */
export type Step = (state: RunState) => Promise<void>;

export const NOTHING: Step = () => Promise.resolve();
