import type { GatewayContext } from '../context.js';
import type { OperationInsight } from '../insight/operation-insight.js';
import type { SubgraphFetch } from './subgraph-fetch.js';

/** What time a fetch has, in epoch milliseconds. */
export type FetchTime = {
  readonly until: number;
  /** A subgraph asked later than this is not blamed for being late: others used the time up. */
  readonly fairUntil: number;
};

/** A fetch that gets less than this part of the operation's time gets too little. */
const FAIR_PART = 1 / 2;

/**
 * The fetches of one operation share its time, so that a subgraph which hangs costs no more when a plan visits it again:
 * those of a query have `queryMillis` from the first on, those of a mutation all the time its client waits.
 */
export function createTimeBudget(
  queryMillis: number,
): (fetch: SubgraphFetch, context: GatewayContext, now: number) => FetchTime {
  // An operation has one insight, on whosever behalf it asks.
  const startedAt = new WeakMap<OperationInsight, number>();
  return ({ isMutation }, { insight, deadlineAt }, now) => {
    const start = startedAt.get(insight) ?? now;
    if (start === now) startedAt.set(insight, now);
    const until = isMutation ? deadlineAt : Math.min(start + queryMillis, deadlineAt);
    return { until, fairUntil: until - (until - start) * FAIR_PART };
  };
}
