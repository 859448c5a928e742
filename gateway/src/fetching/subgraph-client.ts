import type { ExecutionResult } from 'graphql';
import type { ProofSigner } from '@storegraph/identity';
import type { Logger } from '@storegraph/observability';
import { SubgraphUnreachable, type SubgraphLink } from '@storegraph/subgraph-server';
import type { GatewayContext } from '../context.js';
import { createCircuit, type CircuitName } from './circuit.js';
import { nameOutages, outageAnswer, TOO_LATE, UNAVAILABLE } from './outage.js';
import { isReady } from './sign-of-life.js';
import type { FetchSubgraph, SubgraphFetch } from './subgraph-fetch.js';
import { createTimeBudget, type FetchTime } from './time-budget.js';
import { FetchTimedOut, withinTime } from './time-limit.js';

/** How a subgraph did lately, as the gateway sees it. */
export type SubgraphHealth = { readonly name: string; readonly circuit: CircuitName };

export type SubgraphClients = {
  readonly fetch: FetchSubgraph;
  /** The way to a subgraph for subscriptions; `undefined` when there is none of that name. */
  link(name: string): SubgraphLink | undefined;
  health(): SubgraphHealth[];
  /** Forgets about subgraphs that are away. */
  close(): void;
};

type Options = {
  readonly links: readonly SubgraphLink[];
  /** How long all the fetches of a query may take together; those of a mutation have what its operation has. */
  readonly timeoutMillis: number;
  readonly signProof: ProofSigner;
  readonly log: Logger;
};

type Client = {
  fetch(fetch: SubgraphFetch, context: GatewayContext, time: FetchTime): Promise<ExecutionResult>;
  readonly circuit: CircuitName;
  close(): void;
};

const FAILURES_BEFORE_OPENING = 20;
const PROBE_EVERY_MILLIS = 2_000; // two seconds

/**
 * Speaks to subgraphs on behalf of operations. The fetches of one query share a budget of time, so that a subgraph which
 * hangs costs no more when a plan visits it again; each subgraph has a breaker that opens after twenty failures in a row
 * and looks every two seconds whether it is back. Queries are tried twice when the first try was lost on the way,
 * mutations once.
 */
export function createSubgraphClients(options: Options): SubgraphClients {
  const links = new Map(options.links.map((link) => [link.name, link]));
  const timeOf = createTimeBudget(options.timeoutMillis);
  const clients = new Map(options.links.map((link) => [link.name, createClient(link, options)]));
  return {
    async fetch(fetch, context) {
      const client = clients.get(fetch.subgraph);
      if (!client) return outageAnswer(fetch, UNAVAILABLE);
      const now = Date.now();
      const time = timeOf(fetch, context, now);
      return time.until > now ? client.fetch(fetch, context, time) : outageAnswer(fetch, TOO_LATE);
    },
    link: (name) => links.get(name),
    health: () => [...clients].map(([name, { circuit }]) => ({ name, circuit })),
    close: () => clients.forEach((client) => client.close()),
  };
}

/** No request was made: the subgraph failed too often. */
class CircuitOpen extends Error {
  override readonly name = 'CircuitOpen';
}

/** The subgraph was late, but had too little time. */
class Excused extends Error {
  override readonly name = 'Excused';
}

function createClient(link: SubgraphLink, { signProof, log }: Options): Client {
  const circuit = createCircuit({
    failuresBeforeOpening: FAILURES_BEFORE_OPENING,
    probeEveryMillis: PROBE_EVERY_MILLIS,
    isBack: () => isReady(link, signProof),
  });

  const attempt = async (fetch: SubgraphFetch, context: GatewayContext, { until, fairUntil }: FetchTime) => {
    const proof = context.proof();
    const now = Date.now();
    const withinMillis = until - now;
    if (!circuit.admits()) throw new CircuitOpen();
    try {
      const executing = link.execute({ ...fetch, proof, withinMillis });
      const result = await (link.keepsTime ? executing : withinTime(withinMillis, executing));
      circuit.succeeded();
      return result;
    } catch (cause) {
      if (!isTimeout(cause) || now <= fairUntil) {
        circuit.failed();
        throw cause;
      }
      circuit.excused();
      throw new Excused('late, but asked late', { cause });
    }
  };

  const attempts = (fetch: SubgraphFetch, context: GatewayContext, time: FetchTime) =>
    attempt(fetch, context, time).catch((error: unknown) => {
      if (fetch.isMutation || !isWorthRepeating(error) || Date.now() >= time.until) throw error;
      return attempt(fetch, context, time);
    });

  return {
    async fetch(fetch, context, time) {
      try {
        return nameOutages(fetch, await attempts(fetch, context, time));
      } catch (error) {
        if (!(error instanceof CircuitOpen))
          log.warn({ err: error, subgraph: link.name, correlationId: context.correlationId }, 'fetch failed');
        return outageAnswer(fetch, error instanceof Excused ? TOO_LATE : UNAVAILABLE);
      }
    },
    get circuit() {
      return circuit.state;
    },
    close: () => circuit.close(),
  };
}

function isTimeout(error: unknown): boolean {
  if (error instanceof FetchTimedOut) return true;
  return error instanceof SubgraphUnreachable && error.reason === 'timeout';
}

/** A lost connection or a server error may be gone by the second try; what took its time would take it again. */
function isWorthRepeating(error: unknown): boolean {
  if (error instanceof SubgraphUnreachable) return error.reason === 'connection' || error.reason === 'status';
  const isHopeless = [FetchTimedOut, CircuitOpen, Excused].some((kind) => error instanceof kind);
  return !isHopeless;
}
