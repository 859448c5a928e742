import type { GatewayContext } from '../context.js';
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
  const startedAt = new WeakMap<GatewayContext, number>();
  return ({ isMutation }, context, now) => {
    const start = startedAt.get(context) ?? now;
    if (start === now) startedAt.set(context, now);
    const until = isMutation ? context.deadlineAt : Math.min(start + queryMillis, context.deadlineAt);
    return { until, fairUntil: until - (until - start) * FAIR_PART };
  };
}
