import type { DomainEvent } from './contract.js';

/** How events travel from the relay of one domain to the consumers of the others. */
export interface EventBus {
  /**
   * Resolves once the event cannot be lost: in process when every subscriber has taken it, over Redis when the
   * stream holds it. Rejects otherwise, and the relay offers it again. The caller offers events of one aggregate
   * one after the other.
   *
   * @param owner the domain whose outbox held the event
   */
  publish(owner: string, event: DomainEvent): Promise<void>;
  /** Delivers to one process of the domain at a time, at least once, in order per aggregate. */
  subscribe(subscriber: EventSubscriber): Promise<EventSubscription>;
  close(): Promise<void>;
}

export interface EventSubscriber {
  /** The consuming domain; processes of one domain share the work. */
  domain: string;
  /** Which domains' events to receive. */
  owners: readonly string[];
  /** Resolves when the event is dealt with for good; a rejection asks for another delivery. */
  handle(event: DomainEvent): Promise<void>;
}

export interface EventSubscription {
  /** Takes no further events; resolves when those under way have settled, or after five seconds. */
  stop(): Promise<void>;
}
