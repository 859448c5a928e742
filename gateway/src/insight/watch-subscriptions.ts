import { counter, gauge } from '@storegraph/observability';
import type { Listener } from '../realtime/shared-streams.js';

const active = gauge('graphql_subscriptions_active', 'Subscriptions that clients hold open.', ['transport']);
const events = counter('graphql_subscription_events_total', 'Events told to subscribers.', ['transport']);
const slowReaders = counter(
  'graphql_slow_readers_total',
  'Connections that were closed because their readers were too slow.',
  ['transport'],
);

type Listen<Event> = (listener: Listener<Event>) => () => void;

/** Counts a subscription while it is open, and what it is told. @returns how to leave it */
export function watchSubscription<Event>(
  transport: string,
  listen: Listen<Event>,
  listener: Listener<Event>,
): () => void {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) active.dec({ transport });
    isOpen = false;
  };
  active.inc({ transport });
  const leave = listen({
    next(event) {
      events.inc({ transport });
      listener.next(event);
    },
    end(errors) {
      close();
      listener.end(errors);
    },
  });
  return () => {
    close();
    leave();
  };
}

export function countSlowReader(transport: 'websocket' | 'sse'): void {
  slowReaders.inc({ transport });
}
