import type { Pool } from 'pg';

/** Rows deleted per statement: short locks and little to repeat after a cancelled statement. */
const BATCH = 5_000;

/**
 * Deletes published events older than `days`, and what consumers remember of events older than twice that: the
 * inbox must outlive every event that can still come again.
 */
export async function pruneEvents(pool: Pool, days: number): Promise<void> {
  await deleteInBatches(
    pool,
    `DELETE FROM outbox_events WHERE position IN (
       SELECT position FROM outbox_events
       WHERE published_at < now() - make_interval(secs => $1) LIMIT ${BATCH})`,
    days,
  );
  await deleteInBatches(
    pool,
    `DELETE FROM inbox_events WHERE (consumer, event_id) IN (
       SELECT consumer, event_id FROM inbox_events
       WHERE handled_at < now() - make_interval(secs => $1) LIMIT ${BATCH})`,
    days * 2,
  );
}

async function deleteInBatches(pool: Pool, sql: string, days: number): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(sql, [days * 86_400]);
    if ((rowCount ?? 0) < BATCH) return;
  }
}
