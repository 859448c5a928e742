import { ConsumerAway } from './errors.js';
import type { EventBus, EventSubscriber } from './event-bus.js';
import { within } from './waiting.js';

const STOP_GRACE_MILLIS = 5_000;

export interface InProcessBusOptions {
  /**
   * Domains that must be listening before any event of another domain is taken: until then events stay in
   * their outbox. Without it, a domain that subscribes late misses what was published before.
   */
  domains?: readonly string[];
}

/** Hands each event straight to the subscribers in this process. Durability stays with the outbox. */
export function createInProcessBus({ domains = [] }: InProcessBusOptions = {}): EventBus {
  const subscribers = new Set<EventSubscriber>();
  // A domain that stopped listening stays expected, so that what happens meanwhile waits in the outbox.
  const expected = new Set(domains);

  return {
    async publish(owner, event) {
      const listening = new Set([...subscribers].map((subscriber) => subscriber.domain));
      const away = [...expected].filter((domain) => !listening.has(domain));
      if (away.length > 0) throw new ConsumerAway(away);
      const interested = [...subscribers].filter((subscriber) => subscriber.owners.includes(owner));
      const results = await Promise.allSettled(interested.map((subscriber) => subscriber.handle(event)));
      const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      if (refusals.length > 0) throw new AggregateError(refusals, `Not taken by every consumer: ${event.id}`);
    },
    subscribe(subscriber) {
      const underWay = new Set<Promise<void>>();
      const tracked: EventSubscriber = {
        ...subscriber,
        handle(event) {
          const handling = subscriber.handle(event).finally(() => underWay.delete(handling));
          underWay.add(handling);
          return handling;
        },
      };
      expected.add(subscriber.domain);
      subscribers.add(tracked);
      return Promise.resolve({
        async stop() {
          subscribers.delete(tracked);
          await within(STOP_GRACE_MILLIS, Promise.allSettled(underWay));
        },
      });
    },
    close() {
      subscribers.clear();
      return Promise.resolve();
    },
  };
}
