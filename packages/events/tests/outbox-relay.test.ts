import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInProcessBus, createInProcessPubSub, eventTopic, republishSince } from '../src/index.js';
import type { DomainEvent, Messaging } from '../src/index.js';
import { pruneEvents } from '../src/event-retention.js';
import { OutboxClaims } from '../src/outbox-claims.js';
import { consumerOf, factsOf, parcel, parcelSent, relayOf, Running } from './domain.js';
import { createEventDatabase, eventually, losesClaimOf } from './event-database.js';
import type { EventDatabase } from './event-database.js';

describe('the relay', () => {
  let database: EventDatabase;

  beforeAll(async () => {
    database = await createEventDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.pool.query('TRUNCATE outbox_events, inbox_events, dead_letters, facts');
  });

  function inProcess(domains: string[] = []): Pick<Messaging, 'bus' | 'pubsub'> {
    return { bus: createInProcessBus({ domains }), pubsub: createInProcessPubSub() };
  }

  it('is woken by a commit, long before it would look by itself', async () => {
    await using running = new Running();
    const messaging = inProcess();
    running.add(await consumerOf(database, messaging.bus));
    await running.add(relayOf(database, messaging, { pollMillis: 60_000 })).drained();
    await database.commit(parcel('prompt'));
    await eventually('it is handled', async () => (await factsOf(database, 'prompt')).length === 1);
  });

  it('delivers on after its listening connection and every other one are terminated', async () => {
    await using running = new Running();
    const messaging = inProcess();
    running.add(await consumerOf(database, messaging.bus));
    const relay = running.add(relayOf(database, messaging, { pollMillis: 60_000 }));
    await relay.drained();
    const { rows } = await database.pool.query<{ killed: boolean }>(
      `SELECT pg_terminate_backend(pid) AS killed FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await database.commit(parcel('after-the-cut'));
    await eventually('it is handled', async () => (await factsOf(database, 'after-the-cut')).length === 1);

    const listeners = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN outbox'`;
    await eventually('it listens again', async () => (await database.pool.query(listeners)).rowCount === 1);
    await database.commit(parcel('listening'));
    await eventually('it is woken', async () => (await factsOf(database, 'listening')).length === 1);
  });

  it('reads what waits a few times for a claim, though PostgreSQL believes that nothing does', async () => {
    await database.commit(...Array.from({ length: 200 }, (_, index) => parcel(`sent-${index}`)));
    await database.pool.query('UPDATE outbox_events SET published_at = now()');
    await database.pool.query('ANALYZE outbox_events');
    const waiting = 1_500;
    const parcels = Array.from({ length: waiting }, (_, index) => parcel(`parcel-${index % 900}`, index));
    await database.commit(...parcels);
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      const claims = new OutboxClaims(client as unknown as Pool, 'careful-relay', 3);
      expect(await claims.claim(16)).toHaveLength(16);
      const { rows } = await client.query<{ read: string }>(
        `SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_xact_user_tables WHERE relname = 'outbox_events'`,
      );
      expect(Number(rows[0]?.read)).toBeGreaterThanOrEqual(waiting);
      expect(Number(rows[0]?.read)).toBeLessThan(4 * waiting);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('takes over what a relay that died had claimed, once the claim lapses', async () => {
    await using running = new Running();
    const messaging = inProcess();
    await database.commit(parcel('claimed', 1), parcel('claimed', 2));
    const dead = new OutboxClaims(database.pool, 'dead-relay', 0.3);
    expect(await dead.claim(10)).toMatchObject([{ events: [{ data: { step: 1 } }, { data: { step: 2 } }] }]);
    await database.commit(parcel('claimed', 3));

    const rival = new OutboxClaims(database.pool, 'rival', 0.3);
    expect(await rival.claim(10)).toEqual([]);
    running.add(await consumerOf(database, messaging.bus));
    await running.add(relayOf(database, messaging, { pollMillis: 50 })).drained();
    expect(await factsOf(database, 'claimed')).toEqual(['1', '2', '3']);
  });

  it('keeps a claim while a delivery takes longer than the lease', async () => {
    await using running = new Running();
    const messaging = inProcess();
    const deliveries: DomainEvent[] = [];
    await messaging.bus.subscribe({
      domain: 'slow',
      owners: ['warehouse'],
      async handle(event) {
        deliveries.push(event);
        await new Promise((resolve) => setTimeout(resolve, 900));
      },
    });
    await database.commit(parcel('slow'));
    const relays = [1, 2].map(() =>
      running.add(relayOf(database, messaging, { leaseMillis: 300, pollMillis: 50 })),
    );
    await Promise.all(relays.map((relay) => relay.drained()));
    expect(deliveries).toHaveLength(1);
  });

  it('delivers what it claimed without hearing of it, though it is busy all along', async () => {
    await using running = new Running();
    const messaging = inProcess();
    const handled: string[] = [];
    let letGo = () => undefined as void;
    const isHeld = new Promise<void>((resolve) => (letGo = resolve));
    await messaging.bus.subscribe({
      domain: 'slow',
      owners: ['warehouse'],
      async handle(event) {
        if (event.aggregateId === 'held') await isHeld;
        handled.push(event.aggregateId);
      },
    });
    const { pool, lostOnce } = losesClaimOf('unheard', database);
    running.add({ stop: () => pool.end() });
    const relay = running.add(relayOf(database, messaging, { pool, leaseMillis: 300, pollMillis: 50 }));
    await database.commit(parcel('held'));
    await database.commit(parcel('unheard'));
    await eventually('the lost claim is made again', () => handled.includes('unheard'));
    expect([lostOnce(), handled]).toEqual([true, ['unheard']]);
    letGo();
    await relay.drained();
    expect(handled).toEqual(['unheard', 'held']);
  });

  it('tells live subscribers of what waits behind a slow consumer, once and in order', async () => {
    await using running = new Running();
    const messaging = inProcess();
    let letGo = () => undefined as void;
    const isHeld = new Promise<void>((resolve) => (letGo = resolve));
    let holding = 0;
    await messaging.bus.subscribe({
      domain: 'slow',
      owners: ['warehouse'],
      async handle() {
        holding += 1;
        await isHeld;
      },
    });
    const topic = eventTopic(parcelSent.type, 'held');
    const heard: unknown[] = [];
    const live = messaging.pubsub.subscribe<DomainEvent>(topic);
    const other = messaging.pubsub.subscribe<DomainEvent>(eventTopic(parcelSent.type, 'other'));
    void (async () => {
      for await (const { data } of live) heard.push((data as { step: number }).step);
    })();
    const relay = running.add(relayOf(database, messaging, { concurrency: 1, pollMillis: 60_000 }));
    await database.commit(parcel('held', 1));
    await eventually('the consumer holds it', () => holding === 1);
    await database.commit(parcel('held', 2), parcel('held', 3));
    await database.commit(parcel('other', 1));
    expect((await other.next()).value?.aggregateId).toBe('other');
    await eventually('the news are told', () => heard.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([holding, heard]).toEqual([1, [1, 2, 3]]);
    letGo();
    await relay.drained();
    expect(heard).toEqual([1, 2, 3]);
    await Promise.all([live.return(), other.return()]);
  });

  it('leaves events in the outbox until every expected domain listens', async () => {
    await using running = new Running();
    const messaging = inProcess(['shop', 'auditor']);
    running.add(await consumerOf(database, messaging.bus));
    const relay = running.add(relayOf(database, messaging));
    await database.commit(parcel('early'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await factsOf(database, 'early')).toEqual([]);
    running.add(await consumerOf(database, messaging.bus, { domain: 'auditor' }));
    await relay.drained();
    expect(await factsOf(database, 'early')).toEqual(['1', '1']);
  });

  it('offers an aggregate again from the event the bus refused', async () => {
    await using running = new Running();
    const messaging = inProcess();
    const seen: unknown[] = [];
    let refusals = 2;
    await messaging.bus.subscribe({
      domain: 'moody',
      owners: ['warehouse'],
      handle(event) {
        const { step } = event.data as { step: number };
        if (step === 2 && refusals > 0) {
          refusals -= 1;
          return Promise.reject(new Error('not now'));
        }
        seen.push(step);
        return Promise.resolve();
      },
    });
    await database.commit(parcel('refused', 1), parcel('refused', 2), parcel('refused', 3));
    await running.add(relayOf(database, messaging)).drained();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('no longer drains once stopped, and leaves what it did not deliver', async () => {
    const relay = relayOf(database, inProcess(['nobody']));
    await database.commit(parcel('left'));
    await relay.stop();
    await expect(relay.drained()).rejects.toThrow('stopped');
    expect(
      (await database.pool.query('SELECT 1 FROM outbox_events WHERE published_at IS NULL')).rowCount,
    ).toBe(1);
  });

  it('offers published events again on request', async () => {
    await using running = new Running();
    const messaging = inProcess();
    const relay = running.add(relayOf(database, messaging));
    await database.commit(parcel('lost', 1), parcel('lost', 2));
    await relay.drained();
    running.add(await consumerOf(database, messaging.bus));
    expect(await republishSince(database.pool, new Date(Date.now() - 60_000))).toBe(2);
    await relay.drained();
    expect(await factsOf(database, 'lost')).toEqual(['1', '2']);
  });

  it('deletes events past their retention and keeps the rest', async () => {
    await database.commit(parcel('old'), parcel('recent'), parcel('unpublished'));
    await database.pool.query(`
      UPDATE outbox_events SET published_at = now() - CASE aggregate_id
        WHEN 'old' THEN interval '8 days' WHEN 'recent' THEN interval '6 days' END;
      INSERT INTO inbox_events VALUES ('shop', 'old', now() - interval '15 days');
      INSERT INTO inbox_events VALUES ('shop', 'recent', now() - interval '8 days')`);
    await pruneEvents(database.pool, 7);
    const outbox = await database.pool.query('SELECT aggregate_id FROM outbox_events ORDER BY position');
    expect(outbox.rows).toEqual([{ aggregate_id: 'recent' }, { aggregate_id: 'unpublished' }]);
    expect((await database.pool.query('SELECT event_id FROM inbox_events')).rows).toEqual([
      { event_id: 'recent' },
    ]);
  });
});
