import { BrokenCircuitError, CircuitState, circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import type { ExecutionResult } from 'graphql';
import { histogram, type Logger } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import type { GatewayContext } from '../context.js';
import { outageAnswer, placeErrors, TOO_LATE, UNAVAILABLE } from './outage.js';
import type { FetchSubgraph, SubgraphFetch } from './subgraph-fetch.js';

/** How a subgraph did lately, as the gateway sees it. */
export type SubgraphHealth = {
  readonly name: string;
  readonly circuit: 'closed' | 'open' | 'half-open';
};

export type SubgraphClients = {
  readonly fetch: FetchSubgraph;
  /** The way to a subgraph for subscriptions; `undefined` when there is none of that name. */
  link(name: string): SubgraphLink | undefined;
  health(): SubgraphHealth[];
};

type Client = {
  fetch(fetch: SubgraphFetch, context: GatewayContext): Promise<ExecutionResult>;
  circuit(): SubgraphHealth['circuit'];
};

const FAILURES_BEFORE_OPENING = 20;
const PROBE_AFTER_MILLIS = 5_000; // five seconds

const durations = histogram('subgraph_fetch_duration_seconds', 'Time of one fetch from a subgraph.', [
  'subgraph',
]);

/** The subgraph did not answer in the time it had. */
class FetchTimedOut extends Error {
  override readonly name = 'FetchTimedOut';
}

/**
 * Speaks to subgraphs on behalf of operations: each fetch has a deadline, each subgraph a breaker that opens after
 * twenty failures in a row and probes every five seconds. Queries are tried twice, mutations once.
 *
 * @param options.timeoutMillis how long a query may take; a mutation has what is left of its operation's time
 */
export function createSubgraphClients(options: {
  links: readonly SubgraphLink[];
  timeoutMillis: number;
  log: Logger;
}): SubgraphClients {
  const links = new Map(options.links.map((link) => [link.name, link]));
  const clients = new Map(options.links.map((link) => [link.name, createClient(link, options)]));
  return {
    async fetch(fetch, context) {
      const client = clients.get(fetch.subgraph);
      return client ? client.fetch(fetch, context) : outageAnswer(fetch, UNAVAILABLE);
    },
    link: (name) => links.get(name),
    health: () => [...clients].map(([name, client]) => ({ name, circuit: client.circuit() })),
  };
}

function createClient(
  link: SubgraphLink,
  { timeoutMillis, log }: { timeoutMillis: number; log: Logger },
): Client {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: PROBE_AFTER_MILLIS,
    breaker: new ConsecutiveBreaker(FAILURES_BEFORE_OPENING),
  });

  const attempt = async (fetch: SubgraphFetch, context: GatewayContext): Promise<ExecutionResult> => {
    const left = context.deadlineAt - Date.now();
    const millis = fetch.isMutation ? left : Math.min(left, timeoutMillis);
    const proof = await context.proof();
    return breaker.execute(() => withinTime(millis, (signal) => link.execute({ ...fetch, proof, signal })));
  };

  const attempts = async (fetch: SubgraphFetch, context: GatewayContext): Promise<ExecutionResult> => {
    try {
      return await attempt(fetch, context);
    } catch (error) {
      const hopeless = error instanceof FetchTimedOut || error instanceof BrokenCircuitError;
      if (fetch.isMutation || hopeless) throw error;
      return attempt(fetch, context);
    }
  };

  return {
    async fetch(fetch, context) {
      if (context.deadlineAt <= Date.now()) return outageAnswer(fetch, TOO_LATE);
      const stop = durations.startTimer({ subgraph: link.name });
      try {
        return placeErrors(fetch, await attempts(fetch, context));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError))
          log.warn({ err: error, subgraph: link.name }, 'fetch failed');
        return outageAnswer(fetch, UNAVAILABLE);
      } finally {
        stop();
      }
    },
    circuit: () => CIRCUIT_NAMES[breaker.state],
  };
}

const CIRCUIT_NAMES: Record<CircuitState, SubgraphHealth['circuit']> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

async function withinTime<Result>(
  millis: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new FetchTimedOut(`no answer within ${millis} ms`));
      leaving.abort();
    }, millis);
  });
  try {
    return await Promise.race([work(leaving.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
