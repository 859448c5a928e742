import { randomUUID } from 'node:crypto';
import { createLogger } from '@storegraph/observability';
import type { EventBus, EventSubscriber, EventSubscription } from './event-bus.js';
import { Lanes } from './lanes.js';
import { connectRedis, DEFAULT_PREFIX, firstAttempt, whenReady } from './redis-connection.js';
import type { RedisTransportOptions } from './redis-connection.js';
import { RedisLease } from './redis-lease.js';
import { BLOCK_MILLIS, RedisStreamReader } from './redis-stream-reader.js';
import type { StreamEntry } from './redis-stream-reader.js';
import { jitter, sleep, stoppable, within } from './waiting.js';

export interface RedisStreamsBusOptions extends RedisTransportOptions {
  /** About how many events each domain's stream keeps; a consumer further behind loses the oldest. @default 100_000 */
  maxLength?: number;
  /** How long after a crash another process of the domain takes over. @default 5_000 // five seconds */
  leaseMillis?: number;
  /** Entries one consumer holds at a time. @default 128 */
  window?: number;
}

interface BusSettings {
  redisUrl: string;
  prefix: string;
  maxLength: number;
  leaseMillis: number;
  window: number;
}

const STOP_GRACE_MILLIS = 5_000;
const RETRY_MILLIS = 500;

/**
 * One stream per publishing domain, one consumer group per consuming domain. Of a domain's processes one reads
 * at a time, by a lease, because a group spreads the events of one aggregate over its consumers and would lose
 * their order; the others stand by and take over what it left pending.
 */
export function createRedisStreamsBus(options: RedisStreamsBusOptions): EventBus {
  const settings = {
    prefix: DEFAULT_PREFIX,
    maxLength: 100_000,
    leaseMillis: 5_000,
    window: 128,
    ...options,
  };
  const publisher = connectRedis(settings.redisUrl);
  const attempted = firstAttempt(publisher);
  const subscriptions = new Set<StreamSubscription>();

  return {
    async publish(owner, event) {
      await attempted;
      const stream = streamOf(settings.prefix, owner);
      const json = JSON.stringify(event);
      await publisher.xadd(stream, 'MAXLEN', '~', settings.maxLength, '*', 'event', json);
    },
    async subscribe(subscriber) {
      const subscription = new StreamSubscription(settings, subscriber);
      subscriptions.add(subscription);
      return Promise.resolve({
        async stop() {
          subscriptions.delete(subscription);
          await subscription.stop();
        },
      });
    },
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      publisher.disconnect();
    },
  };
}

function streamOf(prefix: string, owner: string): string {
  return `${prefix}:events:${owner}`;
}

class StreamSubscription implements EventSubscription {
  readonly #stopping = stoppable();
  readonly #log;
  readonly #lanes: Lanes;
  /** Entries in the lanes, so that claiming again after a reconnection does not handle them twice. */
  readonly #held = new Set<string>();
  readonly #commands;
  readonly #blocking;
  readonly #lease: RedisLease;
  readonly #reader: RedisStreamReader;
  readonly #loop: Promise<void>;
  #isHolder = false;

  constructor(
    private readonly settings: BusSettings,
    private readonly subscriber: EventSubscriber,
  ) {
    const { redisUrl, prefix, leaseMillis, window } = settings;
    const { domain, owners } = subscriber;
    const consumer = randomUUID();
    this.#log = createLogger(`${domain}-bus`);
    this.#lanes = new Lanes(window);
    this.#commands = connectRedis(redisUrl);
    this.#blocking = connectRedis(redisUrl, { commandTimeout: BLOCK_MILLIS + 5_000 });
    this.#lease = new RedisLease(this.#commands, `${prefix}:reader:${domain}`, consumer, leaseMillis);
    const streams = owners.map((owner) => streamOf(prefix, owner));
    this.#reader = new RedisStreamReader(this.#blocking, this.#commands, {
      group: domain,
      consumer,
      streams,
    });
    this.#loop = owners.length === 0 ? Promise.resolve() : this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#blocking.disconnect();
    await this.#loop;
    const isSettled = await within(STOP_GRACE_MILLIS, this.#lanes.settled());
    // Unsettled work keeps its lease until it lapses, so that nobody starts the same entries beside it.
    if (isSettled && this.#commands.status === 'ready') await this.#leave().catch(() => undefined);
    this.#commands.disconnect();
  }

  async #leave(): Promise<void> {
    if (this.subscriber.owners.length === 0) return;
    await this.#reader.removeConsumer();
    await this.#lease.giveUp();
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await Promise.all([whenReady(this.#commands), whenReady(this.#blocking)]);
        if (await this.#lease.hold()) await this.#readWhileHolder();
        else await sleep(jitter(this.settings.leaseMillis / 3), this.#stopping.signal);
      } catch (err) {
        if (this.#stopping.signal.aborted) return;
        this.#log.warn({ err }, 'the event stream cannot be read; trying again');
        await sleep(jitter(RETRY_MILLIS), this.#stopping.signal);
      }
    }
  }

  async #readWhileHolder(): Promise<void> {
    this.#isHolder = true;
    const renewal = setInterval(() => void this.#renew(), this.settings.leaseMillis / 3);
    try {
      await this.#reader.createGroups();
      for await (const entry of this.#reader.claimPending()) await this.#take(entry);
      while (this.#isHolder && !this.#stopping.signal.aborted) {
        const room = await this.#lanes.room();
        for (const entry of await this.#reader.readNew(room)) await this.#take(entry);
      }
    } finally {
      this.#isHolder = false;
      clearInterval(renewal);
    }
  }

  async #renew(): Promise<void> {
    // Redis being away is no loss of the lease: nobody else can take it meanwhile.
    this.#isHolder = await this.#lease.hold().catch(() => this.#isHolder);
  }

  async #take(entry: StreamEntry): Promise<void> {
    const key = `${entry.stream} ${entry.entryId}`;
    if (this.#held.has(key)) return;
    await this.#lanes.room();
    this.#held.add(key);
    const { aggregateType, aggregateId } = entry.event;
    this.#lanes.add(`${aggregateType}:${aggregateId}`, async () => {
      await this.#handleUntilTaken(entry);
      this.#held.delete(key);
    });
  }

  /** Never rejects. An entry left at the stop stays pending for the next holder of the lease. */
  async #handleUntilTaken(entry: StreamEntry): Promise<void> {
    let isTaken = false;
    while (!this.#stopping.signal.aborted || isTaken) {
      try {
        if (!isTaken) await this.subscriber.handle(entry.event);
        isTaken = true;
        await this.#reader.acknowledge(entry);
        return;
      } catch (err) {
        if (this.#stopping.signal.aborted) return;
        this.#log.warn({ err, eventId: entry.event.id }, 'an event was not taken; trying again');
        await sleep(jitter(RETRY_MILLIS), this.#stopping.signal);
      }
    }
  }
}
