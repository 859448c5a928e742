import type { ExecutionResult } from 'graphql';
import type { IssuedProof } from '@storegraph/identity';
import type { SelfReport } from './self-report.js';

/** One operation for a subgraph. */
export type SubgraphRequest = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** The JSON text of `variables`, from a caller that has it at hand: a remote link sends it as it is. */
  readonly variablesJson?: string | undefined;
  readonly operationName?: string | undefined;
  /** The proof of who asks for whom, with deadline and correlation id inside: signed text once it left its process. */
  readonly proof: IssuedProof | string;
  /** How long the caller waits, from now. A link that keeps time gives up then. */
  readonly withinMillis?: number | undefined;
  /** Ends the operation early: the caller has gone. */
  readonly signal?: AbortSignal | undefined;
};

/** A way to a subgraph: the subgraph itself in one process, or a connection to it. */
export type SubgraphLink = {
  readonly name: string;
  /** Whether `execute` settles within `withinMillis`. A caller of one that does not keeps the time itself. */
  readonly keepsTime?: boolean;
  /**
   * Answers a query or mutation.
   * @throws when the subgraph cannot be reached or answers no GraphQL; a remote link throws `SubgraphUnreachable`
   */
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** Starts a subscription; ends when the consumer calls `return()`. A refusal is the one value of the iterator. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** Whether the subgraph says that it can work: its database answers and it is not about to leave. Never rejects. */
  isReady?(): Promise<boolean>;
  /** What the subgraph tells of itself, cheap to ask; null when it cannot be had. Never rejects. */
  report?(): Promise<SelfReport | null>;
  /** Lets go of connections. */
  close(): Promise<void>;
};
