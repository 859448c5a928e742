import { currentCorrelationId, withCorrelation } from '@storegraph/observability';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventTopic, on, openDeadLetters, publish, replayDeadLetter } from '../src/index.js';
import type { Messaging } from '../src/index.js';
import { consumerOf, factsOf, parcel, parcelSent, record, relayOf, Running } from './domain.js';
import { createEventDatabase, eventually } from './event-database.js';
import type { EventDatabase, TestTransaction } from './event-database.js';
import { transports } from './transports.js';

describe.each(transports)('events delivered $name', ({ isAvailable, open }) => {
  describe.skipIf(!isAvailable)('between two domains', () => {
    let warehouse: EventDatabase;
    let shop: EventDatabase;

    beforeAll(async () => {
      [warehouse, shop] = await Promise.all([createEventDatabase(), createEventDatabase()]);
    });
    afterAll(() => Promise.all([warehouse.drop(), shop.drop()]));

    async function withMessaging(
      processes: number,
      story: (messaging: [Messaging, Messaging], running: Running) => Promise<void>,
    ): Promise<void> {
      await warehouse.pool.query('TRUNCATE outbox_events');
      await shop.pool.query('TRUNCATE inbox_events, dead_letters, facts');
      const opened = await open(processes);
      const [first, second = first] = opened.messaging;
      try {
        await using running = new Running();
        if (!first || !second) throw new Error('no transport');
        await story([first, second], running);
      } finally {
        await opened.close();
      }
    }

    it('reach the handler when the transaction commits, and never when it does not', () =>
      withMessaging(1, async ([messaging], running) => {
        running.add(relayOf(warehouse, messaging));
        running.add(await consumerOf(shop, messaging.bus));
        const undone = warehouse.prisma.$transaction(async (tx) => {
          await publish(tx, parcel('undone'));
          throw new Error('changed my mind');
        });
        await expect(undone).rejects.toThrow('changed my mind');
        await warehouse.commit(parcel('a', 1), parcel('a', 2), parcel('a', 3));
        await eventually('all three are handled', async () => (await factsOf(shop, 'a')).length === 3);
        expect(await factsOf(shop, 'a')).toEqual(['1', '2', '3']);
        expect(await factsOf(shop, 'undone')).toEqual([]);
      }));

    it('survive a process that dies between the commit and the delivery', () =>
      withMessaging(1, async ([messaging], running) => {
        await warehouse.commit(parcel('b'));
        running.add(await consumerOf(shop, messaging.bus));
        await running.add(relayOf(warehouse, messaging)).drained();
        await eventually('it is handled', async () => (await factsOf(shop, 'b')).length === 1);
      }));

    it('keep their order per aggregate and are handled once with two relays and two consumers', () =>
      withMessaging(2, async ([left, right], running) => {
        running.add(await consumerOf(shop, left.bus));
        running.add(await consumerOf(shop, right.bus));
        const relays = [relayOf(warehouse, left), relayOf(warehouse, right)].map((relay) =>
          running.add(relay),
        );
        const aggregates = Array.from({ length: 8 }, (_, index) => `two-relays-${index}`);
        for (let step = 1; step <= 20; step += 1) {
          await warehouse.commit(...aggregates.map((aggregate) => parcel(aggregate, step)));
        }
        await Promise.all(relays.map((relay) => relay.drained()));
        const inOrder = Array.from({ length: 20 }, (_, index) => String(index + 1));
        for (const aggregate of aggregates) {
          await eventually('all are handled', async () => (await factsOf(shop, aggregate)).length >= 20);
          expect(await factsOf(shop, aggregate)).toEqual(inOrder);
        }
      }));

    it('change nothing when they are delivered again', () =>
      withMessaging(1, async ([messaging], running) => {
        running.add(await consumerOf(shop, messaging.bus));
        const relay = running.add(relayOf(warehouse, messaging));
        await warehouse.commit(parcel('again', 1));
        await relay.drained();
        await warehouse.pool.query('UPDATE outbox_events SET published_at = NULL');
        await warehouse.commit(parcel('again', 2));
        await relay.drained();
        await eventually('the second is handled', async () => (await factsOf(shop, 'again')).includes('2'));
        expect(await factsOf(shop, 'again')).toEqual(['1', '2']);
      }));

    it('are tried again, become a dead letter, and are handled when replayed', () =>
      withMessaging(1, async ([messaging], running) => {
        let isBroken = true;
        let attempts = 0;
        const handlers = [
          on(parcelSent, async (event, tx: TestTransaction) => {
            await record(tx, event);
            attempts += 1;
            if (isBroken && event.data.step === 1) throw new Error('the label printer is on fire');
          }),
        ];
        running.add(await consumerOf(shop, messaging.bus, { handlers }));
        running.add(relayOf(warehouse, messaging));
        await warehouse.commit(parcel('unlucky', 1), parcel('unlucky', 2));
        await eventually('the next one went on', async () => (await factsOf(shop, 'unlucky')).length === 1);

        const [letter, ...others] = await openDeadLetters(shop.pool);
        expect(others).toEqual([]);
        expect(letter).toMatchObject({ consumer: 'shop', attempts: 3, event: { aggregateId: 'unlucky' } });
        expect(letter?.error).toContain('the label printer is on fire');
        expect(attempts).toBe(4);

        const options = { domain: 'shop', pool: shop.pool, prisma: shop.prisma, handlers };
        const replay = () => replayDeadLetter(options, letter?.id ?? '');
        expect(await replay()).toMatchObject({ kind: 'failed' });
        isBroken = false;
        const outcomes = await Promise.all([replay(), replay()]);
        expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['already-replayed', 'replayed']);
        expect(await factsOf(shop, 'unlucky')).toEqual(['2', '1']);
        expect(await openDeadLetters(shop.pool)).toEqual([]);
        expect(await replayDeadLetter(options, 'dead_unknown')).toEqual({ kind: 'not-found' });
      }));

    it('become a dead letter at once when their data breaks the contract', () =>
      withMessaging(1, async ([messaging], running) => {
        running.add(await consumerOf(shop, messaging.bus));
        running.add(relayOf(warehouse, messaging));
        await warehouse.commit({ ...parcel('odd'), data: { step: 'first' } });
        await eventually('it is buried', async () => (await openDeadLetters(shop.pool)).length === 1);
        expect((await openDeadLetters(shop.pool))[0]).toMatchObject({ attempts: 1 });
      }));

    it('go on for other aggregates and other domains while one handler hangs, and past it in the end', () =>
      withMessaging(1, async ([messaging], running) => {
        const stuck = on(parcelSent, async (event, tx: TestTransaction) => {
          if (event.aggregateId === 'stuck') await new Promise(() => undefined);
          await record(tx, event);
        });
        const patience = { handlers: [stuck], handlerTimeoutMillis: 300, retry: { attempts: 2 } };
        running.add(await consumerOf(shop, messaging.bus, patience));
        running.add(await consumerOf(warehouse, messaging.bus, { domain: 'auditor' }));
        running.add(relayOf(warehouse, messaging));
        await warehouse.commit(parcel('stuck'), parcel('free'));
        await eventually(
          'the other aggregate is handled',
          async () => (await factsOf(shop, 'free')).length === 1,
        );
        await eventually(
          'the other domain has it',
          async () => (await factsOf(warehouse, 'stuck')).length === 1,
        );
        expect(await openDeadLetters(shop.pool)).toEqual([]);
        await eventually('it is buried', async () => (await openDeadLetters(shop.pool)).length === 1);
      }));

    it('carry the correlation of the request that caused them', () =>
      withMessaging(1, async ([messaging], running) => {
        const seen: (string | undefined)[] = [];
        const handlers = [
          on(parcelSent, () => {
            seen.push(currentCorrelationId());
            return Promise.resolve();
          }),
        ];
        running.add(await consumerOf(shop, messaging.bus, { handlers }));
        running.add(relayOf(warehouse, messaging));
        await withCorrelation('request-of-ada', () => warehouse.commit(parcel('traced')));
        await eventually('it is handled', () => seen.length === 1);
        expect(seen).toEqual(['request-of-ada']);
      }));

    it('are announced live once they are committed', () =>
      withMessaging(2, async ([left, right], running) => {
        const live = right.pubsub.subscribe(eventTopic('parcel.sent', 'live'));
        await live.ready;
        running.add(relayOf(warehouse, left));
        const event = parcel('live');
        await warehouse.commit(event);
        expect(await live.next()).toEqual({ done: false, value: event });
        await live.return();
      }));

    it('wait for a consumer that stopped and starts again', () =>
      withMessaging(1, async ([messaging], running) => {
        running.add(relayOf(warehouse, messaging));
        const first = await consumerOf(shop, messaging.bus);
        await first.stop();
        await warehouse.commit(parcel('paused'));
        running.add(await consumerOf(shop, messaging.bus));
        await eventually('it is handled', async () => (await factsOf(shop, 'paused')).length === 1);
      }));
  });
});
