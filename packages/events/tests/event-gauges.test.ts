import { expect, it } from 'vitest';
import { metricsText } from '@storegraph/observability';
import { measure } from '../src/event-gauges.js';
import { parcel } from './domain.js';
import { createEventDatabase } from './event-database.js';

it('tells how many events wait, for how long, and how many were given up', async () => {
  const database = await createEventDatabase();
  try {
    await database.commit(parcel('p1'), parcel('p2'));
    await database.pool.query(`UPDATE outbox_events SET occurred_at = now() - interval '90 seconds'`);
    await database.pool.query(
      `INSERT INTO dead_letters (id, consumer, event, error, attempts) VALUES ('d1', 'shop', '{}', 'no', 5)`,
    );
    await measure(database.pool, 'shop');
    const waiting = (await metricsText()).body;
    expect(waiting).toContain('outbox_unpublished_events{domain="shop"} 2');
    expect(Number(/outbox_lag_seconds\{domain="shop"\} ([\d.]+)/.exec(waiting)?.[1])).toBeGreaterThanOrEqual(
      90,
    );
    expect(waiting).toContain('dead_letters{domain="shop"} 1');

    await database.pool.query('UPDATE outbox_events SET published_at = now()');
    await measure(database.pool, 'shop');
    expect((await metricsText()).body).toContain('outbox_lag_seconds{domain="shop"} 0');
  } finally {
    await database.drop();
  }
});
