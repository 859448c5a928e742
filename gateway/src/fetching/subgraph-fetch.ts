import type { ExecutionResult } from 'graphql';
import type { GatewayContext } from '../context.js';

/** One fetch of a query plan. */
export type SubgraphFetch = {
  readonly subgraph: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** The same as JSON text, when the caller has it: connections send it as it is. */
  readonly variablesJson?: string | undefined;
  readonly operationName?: string | undefined;
  readonly isMutation: boolean;
};

/** Asks a subgraph. Never throws: an outage is an answer without data, and with a coded error that has no path. */
export type FetchSubgraph = (fetch: SubgraphFetch, context: GatewayContext) => Promise<ExecutionResult>;
