import { inSpan, isTracing, traceHeaders } from '@storegraph/observability';
import type { Pool } from 'pg';
import type { DomainEvent } from './contract.js';
import { sendingSpan } from './event-spans.js';

/** Anything that runs SQL inside an open transaction; a Prisma interactive transaction client is one. */
export interface SqlTransaction {
  $executeRawUnsafe(sql: string, ...parameters: unknown[]): PromiseLike<number>;
}

/** ORDER BY makes the positions follow the order of the arguments: defaults are evaluated after the sort. */
const INSERT = `
INSERT INTO outbox_events (id, type, aggregate_type, aggregate_id, data, correlation_id, occurred_at, traceparent)
SELECT id, type, "aggregateType", "aggregateId", data, "correlationId", "occurredAt", traceparent
FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
  id text, type text, "aggregateType" text, "aggregateId" text, data jsonb, "correlationId" text,
  "occurredAt" timestamptz, traceparent text
)) WITH ORDINALITY
ORDER BY ordinality`;

/**
 * Writes the events in the caller's transaction: they are delivered if it commits and never existed if it does
 * not. Two transactions that publish for the same aggregate must already exclude one another (writers of one row
 * do), because the order of delivery is the order of writing.
 */
export async function publish(tx: SqlTransaction, ...events: DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await inSpan(
    () => sendingSpan(events),
    async () => {
      // The work of whoever reacts to them is part of this.
      const sent = isTracing() ? events.map((event) => ({ ...event, ...traceHeaders() })) : events;
      await tx.$executeRawUnsafe(INSERT, JSON.stringify(sent));
    },
  );
}

/**
 * Offers published events again, for a bus that lost them; consumers skip what they have handled. Only events
 * still within the relay's retention can return.
 *
 * @returns how many events will be offered
 */
export async function republishSince(pool: Pool, since: Date): Promise<number> {
  const result = await pool.query(
    `UPDATE outbox_events SET published_at = NULL, claimed_by = NULL, claimed_until = NULL
     WHERE published_at IS NOT NULL AND occurred_at >= $1`,
    [since],
  );
  await pool.query(`SELECT pg_notify('outbox', '')`);
  return result.rowCount ?? 0;
}
