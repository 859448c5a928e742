import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { hasScopes, type Viewer } from '@storegraph/identity';

/**
 * A client that wants to see how its operation was answered says `x-storegraph-trace: plan`; one that wants to see what
 * it cost, `x-storegraph-trace: cost`.
 */
export const TRACE_HEADER = 'x-storegraph-trace';

/** Who may see plans: the scope that `serviceStatus` asks for too. */
const PLAN_READERS = [['platform:read']];

export type FetchOutcome = 'ok' | 'errors' | 'unavailable' | 'timeout';

/** One question to a subgraph, in milliseconds since the operation began. */
export type FetchRecord = {
  readonly subgraph: string;
  readonly startMillis: number;
  readonly durationMillis: number;
  readonly outcome: FetchOutcome;
};

/**
 * What one operation leaves behind for logs, metrics and staff: written by those who do the work, read when it has
 * ended. It holds documents and times, never the values of variables.
 */
export type OperationInsight = {
  readonly startedAt: number;
  /** Set when the operation may run. Its document has variables in place of literals. */
  operation: { readonly document: DocumentNode; readonly plan: QueryPlan } | null;
  /** What the operation may cost at most, when it was estimated. */
  cost: number | null;
  /** Filled as answers arrive. Empty for an operation that another one's run answered. */
  readonly fetches: FetchRecord[];
  /** Whether the answer tells the plan and the times. */
  readonly isExplained: boolean;
  /** Whether the answer tells what it cost. */
  readonly showsCost: boolean;
};

/** @param options.trace the value of the header by which a client asks for an explanation */
export function createInsight(options: { viewer: Viewer; trace: string | undefined }): OperationInsight {
  const { viewer, trace } = options;
  const isExplained = trace === 'plan' && hasScopes(viewer, PLAN_READERS);
  return {
    startedAt: performance.now(),
    operation: null,
    cost: null,
    fetches: [],
    isExplained,
    showsCost: isExplained || trace === 'cost',
  };
}
