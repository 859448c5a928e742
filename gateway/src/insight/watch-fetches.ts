import type { ExecutionResult } from 'graphql';
import { histogram, inSpan, type SpanStart } from '@storegraph/observability';
import type { GatewayContext } from '../context.js';
import type { FetchSubgraph, SubgraphFetch } from '../fetching/subgraph-fetch.js';
import type { FetchOutcome } from './operation-insight.js';

const durations = histogram(
  'subgraph_fetch_duration_seconds',
  'Time of one fetch from a subgraph, retries included.',
  ['subgraph', 'outcome'],
);

/** Measures each fetch, for the metrics and for the operation it serves, and makes it a span. */
export function watchFetches(fetchSubgraph: FetchSubgraph): FetchSubgraph {
  return (fetch, context) =>
    inSpan(
      () => spanOf(fetch),
      async (span) => {
        const startedAt = performance.now();
        const result = await fetchSubgraph(fetch, context);
        const outcome = outcomeOf(result);
        record(context, { subgraph: fetch.subgraph, startedAt, outcome });
        if (outcome !== 'ok') span?.fail(outcome);
        return result;
      },
    );
}

function record(
  { insight }: GatewayContext,
  { subgraph, startedAt, outcome }: { subgraph: string; startedAt: number; outcome: FetchOutcome },
): void {
  const durationMillis = performance.now() - startedAt;
  insight.fetches.push({ subgraph, startMillis: startedAt - insight.startedAt, durationMillis, outcome });
  durations.observe({ subgraph, outcome }, durationMillis / 1_000);
}

/** A fetch never throws: how it went is in the codes of its errors. */
function outcomeOf({ errors }: ExecutionResult): FetchOutcome {
  if (!errors || errors.length === 0) return 'ok';
  const codes = errors.map(({ extensions }) => extensions['code']);
  if (codes.includes('DEADLINE_EXCEEDED')) return 'timeout';
  return codes.includes('SUBGRAPH_UNAVAILABLE') ? 'unavailable' : 'errors';
}

function spanOf({ subgraph, isMutation, operationName }: SubgraphFetch): SpanStart {
  return {
    name: `fetch ${subgraph}`,
    kind: 'client',
    attributes: {
      'graphql.operation.type': isMutation ? 'mutation' : 'query',
      'graphql.operation.name': operationName,
      'storegraph.subgraph': subgraph,
    },
  };
}
