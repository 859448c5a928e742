import type { Logger } from '@storegraph/observability';
import { announceChange } from './changes.js';
import type { DomainEvent } from './contract.js';
import type { OutboxClaims, Run } from './outbox-claims.js';
import { eventTopic } from './pubsub.js';
import type { PubSub } from './pubsub.js';

/** So many events that still wait are announced; those beyond are announced in their turn. */
const WAITING_LIMIT = 1_000;

/**
 * Tells live subscribers of committed events, those included whose turn at the consumers has not come; the events of
 * an aggregate in order.
 */
export class Announcer {
  /** Positions of events that were announced and still wait. */
  readonly #told = new Set<string>();
  /** Positions of events that were claimed while those that wait were being read. */
  #claimedMeanwhile: Set<string> | null = null;

  constructor(
    private readonly options: { domain: string; pubsub: PubSub; claims: OutboxClaims; log: Logger },
  ) {}

  /** Announces what was claimed, save what was announced while it waited. */
  announce(run: Run): void {
    for (const [position, event] of membersOf(run)) {
      this.#claimedMeanwhile?.add(position);
      if (!this.#told.delete(position)) this.#tell(event, position);
    }
  }

  /** Announces what waits behind deliveries that take their time. Never rejects. */
  async announceWaiting(): Promise<void> {
    if (this.#claimedMeanwhile || this.#told.size >= WAITING_LIMIT) return;
    const claimed = new Set<string>();
    this.#claimedMeanwhile = claimed;
    try {
      const waiting = await this.options.claims.unclaimed([...this.#told]);
      for (const [position, event] of waiting.flatMap(membersOf)) {
        if (claimed.has(position)) continue;
        this.#told.add(position);
        this.#tell(event, position);
      }
    } catch (err) {
      this.options.log.debug({ err }, 'events that wait could not be read; they are announced in their turn');
    } finally {
      this.#claimedMeanwhile = null;
    }
  }

  /** Nothing waits any more. */
  forget(): void {
    this.#told.clear();
  }

  #tell(event: DomainEvent, position: string): void {
    const { domain, pubsub, log } = this.options;
    Promise.all([
      pubsub.publish(eventTopic(event.type, event.aggregateId), event),
      announceChange(pubsub, { domain, event }),
    ]).catch((err: unknown) => {
      this.#told.delete(position);
      log.warn({ err, eventId: event.id }, 'an event could not be announced to live subscribers');
    });
  }
}

function membersOf({ positions, events }: Run): [position: string, event: DomainEvent][] {
  return events.map((event, index) => [positions[index] ?? '', event]);
}
