import { createLogger, histogram, inSpan } from '@storegraph/observability';
import type { Logger } from '@storegraph/observability';
import type { Pool } from 'pg';
import { announceChange } from './changes.js';
import type { DomainEvent } from './contract.js';
import { buryEvent } from './dead-letters.js';
import { InvalidEvent } from './errors.js';
import { handlingSpan } from './event-spans.js';
import type { EventBus } from './event-bus.js';
import { Gate } from './gate.js';
import { handleOnce } from './handle-once.js';
import type { HandlingOptions } from './handle-once.js';
import type { SqlTransaction } from './outbox.js';
import type { PubSub } from './pubsub.js';
import { jitter, sleep, stoppable, within } from './waiting.js';

export interface RetryPolicy {
  /** Deliveries before an event becomes a dead letter. @default 5 */
  attempts: number;
  /** The wait after the first failure; it doubles after each. @default 100 */
  firstDelayMillis: number;
  /** @default 5_000 // five seconds */
  longestDelayMillis: number;
}

export interface ConsumerOptions<Tx extends SqlTransaction> extends HandlingOptions<Tx> {
  /** The consuming domain's database, for its dead letters. */
  pool: Pool;
  bus: EventBus;
  /** Told of each event once the domain answers accordingly. */
  pubsub?: PubSub;
  log?: Logger;
  retry?: Partial<RetryPolicy>;
  /** Events handled at the same time, each over one connection of `prisma`. @default 4 */
  concurrency?: number;
}

export interface Consumer {
  /** Takes no further events; those under way finish or, while they wait to retry, are left for the next start. */
  stop(): Promise<void>;
}

const PROBE_MILLIS = 5_000;

const durations = histogram('event_handling_duration_seconds', 'Time of one attempt to handle an event.', [
  'domain',
  'type',
  'outcome',
]);

const DEFAULT_RETRY: RetryPolicy = { attempts: 5, firstDelayMillis: 100, longestDelayMillis: 5_000 };

/**
 * Runs a domain's table of handlers over the events of other domains: once per event as far as the database can
 * tell, in order per aggregate. A handler that keeps failing sends its event to the dead letters and the next one
 * goes on; while the database itself is away nothing is given up.
 */
export async function consume<Tx extends SqlTransaction>(options: ConsumerOptions<Tx>): Promise<Consumer> {
  const { bus, pubsub, domain, handlers, concurrency = 4 } = options;
  const log = options.log ?? createLogger(`${domain}-consumer`);
  const types = new Set(handlers.map((handler) => handler.type));
  const stopping = stoppable();
  const gate = new Gate(concurrency);

  const subscription = await bus.subscribe({
    domain,
    owners: [...new Set(handlers.map((handler) => handler.owner))],
    async handle(event) {
      if (!types.has(event.type)) return;
      const delivery = new Delivery({ ...options, log }, event, stopping.signal);
      await delivery.complete(gate);
      // A failure asks for another delivery, which handles nothing again and announces it.
      if (pubsub) await announceChange(pubsub, { domain, event });
    },
  });

  return {
    async stop() {
      stopping.abort();
      await subscription.stop();
    },
  };
}

class Delivery<Tx extends SqlTransaction> {
  readonly #retry: RetryPolicy;

  constructor(
    private readonly options: ConsumerOptions<Tx> & { log: Logger },
    private readonly event: DomainEvent,
    private readonly stopping: AbortSignal,
  ) {
    this.#retry = { ...DEFAULT_RETRY, ...options.retry };
  }

  /** Resolves when handled or buried; rejects when the event must be delivered again. */
  async complete(gate: Gate): Promise<void> {
    const { firstDelayMillis, longestDelayMillis } = this.#retry;
    for (let attempt = 1; ; attempt += 1) {
      if (this.stopping.aborted) throw new Error(`${this.options.domain} is stopping`);
      try {
        await gate.pass(() => this.#handle());
        return;
      } catch (error) {
        if (await isAway(this.options.pool)) throw error;
        if (this.#isHopeless(error, attempt)) {
          await this.#bury(error, attempt);
          return;
        }
        this.#report('warn', error, attempt);
        const delayMillis = Math.min(firstDelayMillis * 2 ** (attempt - 1), longestDelayMillis);
        await sleep(jitter(delayMillis), this.stopping);
      }
    }
  }

  async #handle(): Promise<void> {
    const { domain } = this.options;
    const { type } = this.event;
    const startedAt = performance.now();
    let outcome = 'failed';
    try {
      await inSpan(
        () => handlingSpan(domain, this.event),
        () => handleOnce(this.options, this.event),
      );
      outcome = 'ok';
    } finally {
      const seconds = (performance.now() - startedAt) / 1_000;
      durations.observe({ domain, type, outcome }, seconds);
    }
  }

  #isHopeless(error: unknown, attempt: number): boolean {
    return error instanceof InvalidEvent || attempt >= this.#retry.attempts;
  }

  async #bury(error: unknown, attempts: number): Promise<void> {
    this.#report('error', error, attempts);
    await buryEvent(this.options.pool, this.options.domain, { event: this.event, error, attempts });
  }

  #report(level: 'warn' | 'error', err: unknown, attempt: number): void {
    const { id: eventId, type: eventType, correlationId } = this.event;
    const message =
      level === 'warn' ? 'an event could not be handled; trying again' : 'an event became a dead letter';
    this.options.log[level]({ err, eventId, eventType, correlationId, attempt }, message);
  }
}

/** Asked after a failure: when the database itself cannot answer, the handler was not at fault. */
async function isAway(pool: Pool): Promise<boolean> {
  return !(await within(PROBE_MILLIS, pool.query('SELECT 1')).catch(() => false));
}
