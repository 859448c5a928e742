import type { ExecutionResult, GraphQLError } from 'graphql';
import type { SubgraphFetch } from '../fetching/subgraph-fetch.js';
import type { EntityReader } from './kept-entities.js';

/** An object of an answer. Keys come from clients: some have no prototype, and any may be called `__proto__`. */
export type Entity = Record<string, unknown>;

/** Asks a subgraph; never throws. */
export type Fetch = (fetch: SubgraphFetch) => Promise<ExecutionResult>;

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
  readonly fetch: Fetch;
  /** The same on nobody's behalf: what comes of it may be shown to everyone. */
  readonly fetchAsNobody: Fetch;
  /** Entities that need not be fetched. */
  readonly entities: EntityReader | null;
};

/** A compiled part of a plan. */
export type Step = (state: RunState) => Promise<void>;

export const NOTHING: Step = () => Promise.resolve();
