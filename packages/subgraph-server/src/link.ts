import type { ExecutionResult } from 'graphql';

/** One operation for a subgraph. */
export type SubgraphRequest = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** The signed proof of who asks for whom (`@storegraph/identity`). */
  readonly proof: string;
  /** Ends the operation early: the caller has gone or its deadline has passed. */
  readonly signal?: AbortSignal | undefined;
};

/** A way to a subgraph: the subgraph itself in one process, or a connection to it. */
export type SubgraphLink = {
  readonly name: string;
  /** Answers a query or mutation. @throws when the subgraph cannot be reached or answers no GraphQL */
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** Starts a subscription; ends when the consumer calls `return()`. A refusal is the one value of the iterator. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** Lets go of connections. */
  close(): Promise<void>;
};
