import { gauge } from '@storegraph/observability';
import type { Logger } from '@storegraph/observability';
import type { Pool } from 'pg';

const SAMPLE_EVERY_MILLIS = 10_000; // ten seconds

const unpublished = gauge('outbox_unpublished_events', 'Events waiting in the outbox.', ['domain']);
const lag = gauge('outbox_lag_seconds', 'Age of the oldest event waiting in the outbox.', ['domain']);
const deadLetters = gauge('dead_letters', 'Events that could not be handled and wait for a replay.', [
  'domain',
]);

const SAMPLE = `
SELECT
  (SELECT count(*)::int FROM outbox_events WHERE published_at IS NULL) AS unpublished,
  (SELECT coalesce(extract(epoch FROM now() - occurred_at), 0)::float
   FROM outbox_events WHERE published_at IS NULL ORDER BY position LIMIT 1) AS lag,
  (SELECT count(*)::int FROM dead_letters WHERE replayed_at IS NULL) AS "deadLetters"`;

type Sample = { unpublished: number; lag: number | null; deadLetters: number };

/** Keeps a domain's gauges of waiting events up to date; between samples they show the last one. */
export function sampleEvents(pool: Pool, domain: string, log: Logger): { stop(): void } {
  const sample = () =>
    void measure(pool, domain).catch((err: unknown) => log.debug({ err }, 'waiting events were not counted'));
  sample();
  const timer = setInterval(sample, SAMPLE_EVERY_MILLIS).unref();
  return { stop: () => clearInterval(timer) };
}

/** Counts once, now. */
export async function measure(pool: Pool, domain: string): Promise<void> {
  const { rows } = await pool.query<Sample>(SAMPLE);
  unpublished.set({ domain }, rows[0]?.unpublished ?? 0);
  lag.set({ domain }, rows[0]?.lag ?? 0);
  deadLetters.set({ domain }, rows[0]?.deadLetters ?? 0);
}
