import type { SubscriptionNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import { ANONYMOUS, type Viewer } from '@storegraph/identity';
import { newCorrelationId, type Logger } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import { digestOf } from '../caching/digest.js';
import type { GatewayContext } from '../context.js';
import type { Engine, ReadyOperation } from '../execution/engine.js';
import { clientAnswer } from './client-text.js';
import { completedEvents } from './completed-events.js';
import { createSharedStreams, type Listener } from './shared-streams.js';
import type { SubscriptionTraits, TraitsOf } from './subscription-traits.js';
import { eventsOf, unavailable } from './upstream.js';

/** The JSON text of one answer, ready for every wire. */
export type AnswerText = string;

export type LiveEvents = {
  /** Listens to a ready subscription until the returned function is called. */
  listen(ready: ReadyOperation, viewer: Viewer, listener: Listener<AnswerText>): () => void;
  /** Subscriptions at subgraphs that are open now. */
  upstreams(): number;
};

export type LiveEventsOptions = {
  readonly engine: Engine;
  readonly link: (subgraph: string) => SubgraphLink | undefined;
  readonly traitsOf: TraitsOf;
  /** A context of its own for each event: a fresh proof, a fresh deadline. */
  readonly contextFor: (viewer: Viewer, correlationId: string) => GatewayContext;
  readonly waitingEvents: number;
  readonly log: Logger;
};

/**
 * Subscribes at the subgraph that owns the field and lets the other subgraphs complete each event. What several clients
 * ask alike happens once: one subscription upstream for the same fetch, one completion, one text for the same
 * operation; docs/decisions/0005-shared-subscriptions.md says when two clients ask alike.
 */
export function createLiveEvents(options: LiveEventsOptions): LiveEvents {
  const { engine, link, traitsOf, contextFor, log } = options;
  const upstreams = createSharedStreams<ExecutionResult>();
  const answers = createSharedStreams<AnswerText>();
  const identityOf = createIdentities();

  return {
    listen(ready, asking, listener) {
      const traits = traitsOf(ready);
      const viewer = viewpoint(asking, traits);
      const { primary } = ready.planned.plan.node as SubscriptionNode;
      const subgraph = link(primary.serviceName);
      if (!subgraph) {
        listener.end([unavailable()]);
        return () => undefined;
      }
      const correlationId = newCorrelationId();
      const fetch = {
        query: primary.operation,
        variables: used(ready.variables, primary.variableUsages ?? []),
        operationName: primary.operationName,
      };
      const upstreamKey = digestOf(JSON.stringify([subgraph.name, fetch, viewer]));
      const masking = { log, correlationId };
      const upstream = eventsOf({
        link: subgraph,
        request: () => ({ ...fetch, proof: contextFor(viewer, correlationId).proof() }),
        ...masking,
      });
      const complete = async (event: ExecutionResult): Promise<AnswerText> =>
        clientAnswer(await engine.run(ready, contextFor(viewer, correlationId), event), masking);
      const source = completedEvents<ExecutionResult, AnswerText>(
        (hearing) => upstreams.listen(upstreamKey, { source: upstream, isNews: traits.isNews }, hearing),
        { complete, limit: options.waitingEvents },
      );
      const answerKey = digestOf(JSON.stringify([upstreamKey, identityOf(ready.planned), ready.variables]));
      return answers.listen(answerKey, { source, isNews: traits.isNews }, listener);
    },
    upstreams: () => upstreams.size,
  };
}

/**
 * Whose eyes an operation is answered with. What anyone may ask is answered to shoppers as to guests, so that they all
 * share it; who acts for a seller or the shop may see more of it, and keeps their own.
 */
function viewpoint(viewer: Viewer, { isPublic }: SubscriptionTraits): Viewer {
  const isShopper = viewer.kind === 'user' && viewer.role === 'customer' && viewer.sellerId === null;
  return isPublic && isShopper && viewer.scopes.length === 0 ? ANONYMOUS : viewer;
}

/** Tells objects apart by a number. */
function createIdentities(): (one: object) => number {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  return (one) => {
    const known = numbers.get(one) ?? (last += 1);
    numbers.set(one, known);
    return known;
  };
}

function used(
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]),
  );
}
