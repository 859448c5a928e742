import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMessaging } from '../src/index.js';
import { consumerOf, factsOf, parcel, relayOf, Running } from './domain.js';
import { createEventDatabase, eventually, type EventDatabase } from './event-database.js';
import { removeKeys } from '@storegraph/testkit';
import { hasRedis, REDIS_URL, uniquePrefix } from './transports.js';

const SCRIPT = fileURLToPath(new URL('./crashing-relay.ts', import.meta.url));
const DELIVERED_WITHIN_MILLIS = 5_000; // five seconds, the promise

describe.skipIf(!hasRedis)('events of a process that was killed', () => {
  let database: EventDatabase;

  beforeAll(async () => {
    database = await createEventDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    ['before', 'between commit and publish'],
    ['after', 'between publish and its note of that'],
  ])('%s: %s arrive once and in order, within five seconds of the restart', async (moment) => {
    const prefix = uniquePrefix();
    const aggregates = Array.from({ length: 5 }, (_, index) => `${moment}-${index}`);
    const events = aggregates.flatMap((id) => [1, 2, 3].map((step) => parcel(id, step)));
    await database.commit(...events);

    const args = ['--import', 'tsx', SCRIPT, database.url, REDIS_URL, prefix, moment];
    const doomed = spawn(process.execPath, args, { stdio: 'inherit' });
    const [, signal] = (await once(doomed, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const { rows } = await database.pool.query('SELECT 1 FROM outbox_events WHERE published_at IS NULL');
    expect(rows).toHaveLength(events.length);

    const restartedAt = performance.now();
    await using running = new Running();
    const messaging = connectMessaging({ redisUrl: REDIS_URL, prefix, domains: ['shop'] });
    running.add({ stop: () => messaging.close() });
    running.add(await consumerOf(database, messaging.bus));
    running.add(relayOf(database, messaging));
    const facts = () => Promise.all(aggregates.map((id) => factsOf(database, id)));
    await eventually('all are handled', async () => (await facts()).flat().length >= events.length);
    expect(performance.now() - restartedAt).toBeLessThan(DELIVERED_WITHIN_MILLIS);
    // Whoever is offered one again has its note: nothing is handled twice.
    expect(await facts()).toEqual(aggregates.map(() => ['1', '2', '3']));
    await removeKeys(REDIS_URL, prefix);
  });
});
