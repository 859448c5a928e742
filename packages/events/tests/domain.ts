import { setLogLevel } from '@storegraph/observability';
import { z } from 'zod';
import { consume, defineEvent, on, startRelay } from '../src/index.js';
import type {
  Consumer,
  ConsumerOptions,
  EventBus,
  EventOf,
  Messaging,
  Relay,
  RelayOptions,
} from '../src/index.js';
import type { EventDatabase, TestTransaction } from './event-database.js';

setLogLevel('silent'); // these tests fail things on purpose

export const parcelSent = defineEvent({
  type: 'parcel.sent',
  owner: 'warehouse',
  schema: z.object({ step: z.int() }),
});

export type ParcelSent = EventOf<typeof parcelSent>;

export function parcel(aggregateId: string, step = 1): ParcelSent {
  return parcelSent({ aggregateId, data: { step } });
}

/** A handler that keeps what it saw, in the consumer's own database. */
export const recordParcel = on(parcelSent, async (event, tx: TestTransaction) => {
  await record(tx, event);
});

export async function record(tx: TestTransaction, event: ParcelSent): Promise<void> {
  await tx.$executeRawUnsafe(
    'INSERT INTO facts (subject, fact) VALUES ($1, $2)',
    event.aggregateId,
    String(event.data.step),
  );
}

export async function factsOf(database: EventDatabase, subject: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ fact: string }>(
    'SELECT fact FROM facts WHERE subject = $1 ORDER BY position',
    [subject],
  );
  return rows.map((row) => row.fact);
}

export function relayOf(
  database: EventDatabase,
  messaging: Pick<Messaging, 'bus' | 'pubsub'>,
  options: Partial<RelayOptions> = {},
): Relay {
  const { bus, pubsub } = messaging;
  return startRelay({ pool: database.pool, domain: 'warehouse', bus, pubsub, retryMillis: 20, ...options });
}

export function consumerOf(
  database: EventDatabase,
  bus: EventBus,
  options: Partial<ConsumerOptions<TestTransaction>> = {},
): Promise<Consumer> {
  return consume({
    domain: 'shop',
    pool: database.pool,
    prisma: database.prisma,
    bus,
    handlers: [recordParcel],
    retry: { firstDelayMillis: 5, attempts: 3 },
    ...options,
  });
}

/** Stops what a test started, in the reverse order. */
export class Running implements AsyncDisposable {
  readonly #started: { stop(): Promise<void> }[] = [];

  add<Part extends { stop(): Promise<void> }>(part: Part): Part {
    this.#started.push(part);
    return part;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#started.reverse()) await part.stop();
  }
}
