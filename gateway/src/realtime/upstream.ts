import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Logger } from '@storegraph/observability';
import { refusal, type SubgraphLink, type SubgraphRequest } from '@storegraph/subgraph-server';
import { UNAVAILABLE } from '../fetching/outage.js';
import type { Source } from './shared-streams.js';

/**
 * What a subgraph says to a subscription. A result without data is its last word: a refusal, or what broke. A subgraph
 * that went away ends the stream with `SUBGRAPH_UNAVAILABLE`: clients subscribe again, from the last sequence they saw.
 *
 * @param options.request made when the stream is opened, so that its proof is fresh
 */
export function eventsOf(options: {
  link: SubgraphLink;
  request: () => SubgraphRequest;
  log: Logger;
  correlationId: string;
}): Source<ExecutionResult> {
  const { link, request, log, correlationId } = options;
  return (listener) => {
    let events: AsyncIterableIterator<ExecutionResult> | null = null;
    let isLeft = false;
    const read = async (): Promise<void> => {
      events = await link.subscribe(request());
      if (isLeft) return leave(events);
      for (;;) {
        const step = await events.next();
        if (isLeft) return;
        if (step.done) return listener.end();
        if (step.value.data === undefined) {
          leave(events);
          return listener.end(step.value.errors ?? [unavailable()]);
        }
        listener.next(step.value);
      }
    };
    read().catch((error: unknown) => {
      if (isLeft) return;
      log.warn({ err: error, subgraph: link.name, correlationId }, 'subscription broke');
      listener.end([error instanceof GraphQLError ? error : unavailable()]);
    });
    return () => {
      isLeft = true;
      if (events) leave(events);
    };
  };
}

export function unavailable(): GraphQLError {
  return refusal(UNAVAILABLE.code, UNAVAILABLE.message);
}

/** A source that is left may break while it lets go; nobody listens any more. */
function leave(events: AsyncIterator<unknown>): void {
  void events.return?.().catch(() => undefined);
}
