import type { DomainEvent } from './contract.js';
import type { PubSub } from './pubsub.js';

/** The topic on which whoever keeps answers hears what makes them stale. */
export const CHANGES_TOPIC = 'changes';

/** An event, and the domain that answers differently from now on: its owner first, then each one that copied it. */
export interface Change {
  readonly domain: string;
  readonly event: DomainEvent;
}

/** Tells every process of a change that has been committed. @throws when the transport is away, and nobody heard */
export function announceChange(pubsub: PubSub, change: Change): Promise<void> {
  return pubsub.publish(CHANGES_TOPIC, change);
}
