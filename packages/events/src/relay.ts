import { randomUUID } from 'node:crypto';
import { createLogger } from '@storegraph/observability';
import type { Logger } from '@storegraph/observability';
import type { Pool } from 'pg';
import { Announcer } from './announcer.js';
import { ConsumerAway } from './errors.js';
import type { EventBus } from './event-bus.js';
import { sampleEvents } from './event-gauges.js';
import { pruneEvents } from './event-retention.js';
import { OutboxClaims } from './outbox-claims.js';
import type { Run } from './outbox-claims.js';
import { listenToOutbox } from './outbox-listener.js';
import type { PubSub } from './pubsub.js';
import { jitter, sleep, stoppable, within } from './waiting.js';

export interface RelayOptions {
  /** The domain's database; the relay also opens one connection of its own with the pool's settings. */
  pool: Pool;
  domain: string;
  bus: EventBus;
  pubsub: PubSub;
  log?: Logger;
  /** Aggregates delivered at the same time. @default 16 */
  concurrency?: number;
  /** How long to wait for a notification before looking anyway. @default 2_000 // two seconds */
  pollMillis?: number;
  /** How long the events of a relay that died stay untouched. @default 3_000 // three seconds */
  leaseMillis?: number;
  /** How long to leave an event that the bus refused. @default 500 */
  retryMillis?: number;
  /** Published events are deleted after this. @default 7 */
  retentionDays?: number;
}

export interface Relay {
  /** Resolves when the outbox holds nothing unpublished. Rejects once the relay is stopped. */
  drained(): Promise<void>;
  /** Claims nothing more; resolves when deliveries under way have settled, or after five seconds. */
  stop(): Promise<void>;
}

const STOP_GRACE_MILLIS = 5_000;
const PRUNE_EVERY_MILLIS = 600_000; // ten minutes
const DRAIN_CHECK_MILLIS = 20;
const MAKE_ROOM_MILLIS = 5;
/** How long live news may wait behind a consumer that takes its time. */
const ANNOUNCE_EVERY_MILLIS = 100; // a tenth of a second

/**
 * Carries a domain's outbox to the bus: at least once, in order per aggregate, also with several relays on one
 * outbox and through losses of the database or the bus. Every event is also announced, once committed, as a live
 * message on `eventTopic(type, aggregateId)`, with the event as payload and without waiting for consumers: one that
 * takes its time holds up the events behind, and not the news of them.
 */
export function startRelay(options: RelayOptions): Relay {
  return new OutboxRelay(options);
}

class OutboxRelay implements Relay {
  readonly #stopping = stoppable();
  /** What is being delivered, and the deliveries. */
  readonly #runs = new Map<Promise<void>, Run>();
  readonly #claims: OutboxClaims;
  readonly #announcer: Announcer;
  readonly #log: Logger;
  readonly #timers: NodeJS.Timeout[];
  readonly #gauges: { stop(): void };
  readonly #listener: { stop(): Promise<void> };
  readonly #loop: Promise<void>;
  readonly #concurrency: number;
  #woken = true;
  #wake: () => void = () => undefined;

  constructor(private readonly options: RelayOptions) {
    const { pool, domain, concurrency = 16, leaseMillis = 3_000, retentionDays = 7 } = options;
    this.#log = options.log ?? createLogger(`${domain}-relay`);
    this.#concurrency = concurrency;
    this.#claims = new OutboxClaims(pool, randomUUID(), leaseMillis / 1_000);
    this.#announcer = new Announcer({ domain, pubsub: options.pubsub, claims: this.#claims, log: this.#log });
    this.#listener = listenToOutbox(pool, () => this.#rouse(), this.#log);
    this.#gauges = sampleEvents(pool, domain, this.#log);
    this.#timers = [
      setInterval(() => this.#renew(), leaseMillis / 3),
      setInterval(() => this.#announceWaiting(), ANNOUNCE_EVERY_MILLIS),
      setInterval(() => this.#prune(retentionDays), jitter(PRUNE_EVERY_MILLIS)),
    ];
    pool.on('error', this.#onIdleConnectionLost);
    this.#loop = this.#run();
  }

  async drained(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#rouse();
      await sleep(DRAIN_CHECK_MILLIS, this.#stopping.signal);
      if (this.#runs.size === 0 && !(await this.#claims.hasUnpublished())) return;
    }
    throw new Error('The relay is stopped');
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#gauges.stop();
    this.#rouse();
    await Promise.all([this.#loop, this.#listener.stop()]);
    await within(STOP_GRACE_MILLIS, Promise.all(this.#runs.keys()));
    for (const timer of this.#timers) clearInterval(timer);
    this.options.pool.off('error', this.#onIdleConnectionLost);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#sleepUntilWoken();
      try {
        while (!this.#stopping.signal.aborted && (await this.#claimAndDeliver()));
      } catch (err) {
        this.#log.warn({ err }, 'the outbox cannot be read; trying again');
        await sleep(jitter(this.options.retryMillis ?? 500), this.#stopping.signal);
        this.#rouse();
      }
    }
  }

  /** @returns whether more may be waiting: whoever got less than they had room for got all there was */
  async #claimAndDeliver(): Promise<boolean> {
    // A claim costs as much for one as for many: while others end, a little patience makes room for several.
    if (this.#runs.size > this.#concurrency / 2) await sleep(MAKE_ROOM_MILLIS, this.#stopping.signal);
    const room = this.#concurrency - this.#runs.size;
    if (room <= 0) return false;
    const runs = await this.#claims.claim(room);
    for (const run of runs) {
      const delivery = this.#deliver(run).finally(() => {
        this.#runs.delete(delivery);
        this.#rouse();
      });
      this.#runs.set(delivery, run);
    }
    return runs.length === room;
  }

  /** Never rejects: what fails is released and comes again. */
  async #deliver(run: Run): Promise<void> {
    this.#announcer.announce(run);
    let taken = 0;
    let failure: unknown;
    try {
      for (const event of run.events) {
        if (this.#stopping.signal.aborted) break;
        await this.options.bus.publish(this.options.domain, event);
        taken += 1;
      }
    } catch (err) {
      failure = err;
      this.#reportRefusal(run, err);
    }
    await this.#settle(run, taken, failure !== undefined);
  }

  async #settle(run: Run, taken: number, hasFailed: boolean): Promise<void> {
    try {
      if (taken > 0) await this.#claims.markPublished(run.positions.slice(0, taken));
      if (taken === run.positions.length) return;
      const delayMillis = hasFailed ? jitter(this.options.retryMillis ?? 500) : 0;
      await this.#claims.release(run.positions.slice(taken), delayMillis / 1_000);
      void sleep(delayMillis, this.#stopping.signal).then(() => this.#rouse());
    } catch (err) {
      this.#log.warn({ err }, 'delivered events could not be marked; they will be delivered again');
    }
  }

  /** Whatever was claimed has been announced: only behind deliveries under way does anything wait. */
  #announceWaiting(): void {
    if (this.#runs.size === 0) this.#announcer.forget();
    else void this.#announcer.announceWaiting();
  }

  #reportRefusal(run: Run, err: unknown): void {
    // While a process starts or stops, its consumers come and go: expected, not worth a warning.
    const level = err instanceof ConsumerAway ? 'debug' : 'warn';
    const { aggregateType, aggregateId } = run.events[0] ?? {};
    this.#log[level]({ err, aggregateType, aggregateId }, 'the bus did not take an event; trying again');
  }

  #renew(): void {
    if (this.#runs.size === 0) return;
    const positions = [...this.#runs.values()].flatMap((run) => run.positions);
    this.#claims.renew(positions).catch((err: unknown) => {
      this.#log.warn({ err }, 'claims could not be renewed');
    });
  }

  #prune(retentionDays: number): void {
    pruneEvents(this.options.pool, retentionDays).catch((err: unknown) => {
      this.#log.warn({ err }, 'old events could not be deleted');
    });
  }

  #rouse(): void {
    this.#woken = true;
    this.#wake();
  }

  async #sleepUntilWoken(): Promise<void> {
    if (!this.#woken) {
      const poll = new AbortController();
      this.#wake = () => poll.abort();
      await sleep(jitter(this.options.pollMillis ?? 2_000), poll.signal);
    }
    this.#woken = false;
  }

  /** Without a listener, a connection that breaks while idle would end the process. */
  readonly #onIdleConnectionLost = (err: Error): void => {
    this.#log.warn({ err }, 'a database connection was lost');
  };
}
