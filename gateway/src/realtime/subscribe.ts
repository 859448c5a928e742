import type { SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { once, refusal, type SubgraphLink } from '@storegraph/subgraph-server';
import type { Logger } from '@storegraph/observability';
import type { GatewayContext } from '../context.js';
import type { Engine, ReadyOperation } from '../execution/engine.js';
import { UNAVAILABLE } from '../fetching/outage.js';
import { boundedEvents } from './bounded-events.js';

type Results = AsyncIterableIterator<ExecutionResult>;

/** Events that may wait for one subscriber. */
const WAITING_EVENTS = 256;

/** What a subscription needs of its surroundings. */
export type SubscriptionHost = {
  readonly engine: Engine;
  readonly link: (subgraph: string) => SubgraphLink | undefined;
  /** A context of its own for each event: a fresh proof, a fresh deadline. */
  readonly contextForEvent: () => GatewayContext;
  readonly onSlowReader: () => void;
  readonly log: Logger;
};

/**
 * Subscribes at the subgraph that owns the field, and lets the other subgraphs complete each event in turn. The last
 * value says so when the subgraph went away: clients subscribe again, from the last sequence they saw.
 */
export async function subscribe(ready: ReadyOperation, host: SubscriptionHost): Promise<Results> {
  const { primary } = ready.planned.plan.node as SubscriptionNode;
  const link = host.link(primary.serviceName);
  if (!link) return once(unavailable());
  try {
    const source = await link.subscribe({
      query: primary.operation,
      variables: used(ready.variables, primary.variableUsages ?? []),
      operationName: primary.operationName,
      proof: await host.contextForEvent().proof(),
    });
    const events = boundedEvents(source, { limit: WAITING_EVENTS, onOverflow: host.onSlowReader });
    return completed(events, ready, host);
  } catch (error) {
    host.log.warn({ err: error, subgraph: link.name }, 'subscription failed');
    return once(unavailable());
  }
}

/** An explicit iterator over completed events. */
function completed(events: Results, ready: ReadyOperation, host: SubscriptionHost): Results {
  let isOver = false;
  return {
    async next() {
      if (isOver) return { done: true, value: undefined };
      try {
        const step = await events.next();
        if (step.done) return step;
        return { done: false, value: await complete(step.value, ready, host) };
      } catch (error) {
        isOver = true;
        await events.return?.();
        if (error instanceof GraphQLError) return { done: false, value: { errors: [error] } };
        host.log.warn({ err: error }, 'subscription broke');
        return { done: false, value: unavailable() };
      }
    },
    async return() {
      isOver = true;
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function complete(
  event: ExecutionResult,
  ready: ReadyOperation,
  { engine, contextForEvent }: SubscriptionHost,
): Promise<ExecutionResult> {
  if (!event.data) return Promise.resolve(event);
  return engine.run(ready, contextForEvent(), event);
}

function used(
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]),
  );
}

function unavailable(): ExecutionResult {
  return { errors: [refusal(UNAVAILABLE.code, UNAVAILABLE.message)] };
}
