import { newId } from '@storegraph/ids';
import type { Pool } from 'pg';
import type { DomainEvent } from './contract.js';
import { inTransaction, runHandlers } from './handle-once.js';
import type { HandlingOptions } from './handle-once.js';
import type { SqlTransaction } from './outbox.js';

/** An event a domain could not handle, kept until someone replays it. */
export interface DeadLetter {
  id: string;
  consumer: string;
  event: DomainEvent;
  error: string;
  /** Deliveries tried so far, replays included. */
  attempts: number;
  createdAt: Date;
  replayedAt: Date | null;
}

export type ReplayOutcome =
  | { kind: 'replayed' }
  | { kind: 'not-found' }
  | { kind: 'already-replayed' }
  | { kind: 'failed'; error: Error };

/** The inbox row goes in with the letter: a later delivery of the event must not handle it behind our back. */
const BURY = `
WITH remembered AS (
  INSERT INTO inbox_events (consumer, event_id) VALUES ($2, $3) ON CONFLICT DO NOTHING RETURNING 1
)
INSERT INTO dead_letters (id, consumer, event, error, attempts)
SELECT $1, $2, $4::jsonb, $5, $6::int FROM remembered`;

export async function buryEvent(
  pool: Pool,
  consumer: string,
  failure: { event: DomainEvent; error: unknown; attempts: number },
): Promise<void> {
  const { event, error, attempts } = failure;
  await pool.query(BURY, [
    newId('deadLetter'),
    consumer,
    event.id,
    JSON.stringify(event),
    describe(error),
    attempts,
  ]);
}

/** Dead letters nobody has replayed, newest first. */
export async function openDeadLetters(pool: Pool, { limit = 100 } = {}): Promise<DeadLetter[]> {
  const { rows } = await pool.query<DeadLetter>(
    `SELECT id, consumer, event, error, attempts, created_at AS "createdAt", replayed_at AS "replayedAt"
     FROM dead_letters WHERE replayed_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $1`,
    [limit],
  );
  return rows;
}

/**
 * Runs a dead letter through the domain's handlers once more. The handlers' writes and the note that it was
 * replayed commit together; on `failed` neither did, and the letter carries the new error. Later events of the
 * same aggregate have been handled meanwhile, so handlers compare versions before they overwrite.
 */
export async function replayDeadLetter<Tx extends SqlTransaction>(
  options: HandlingOptions<Tx> & { pool: Pool },
  letterId: string,
): Promise<ReplayOutcome> {
  const { pool, domain } = options;
  const { rows } = await pool.query<{ event: DomainEvent; replayed_at: Date | null }>(
    'SELECT event, replayed_at FROM dead_letters WHERE id = $1 AND consumer = $2',
    [letterId, domain],
  );
  const letter = rows[0];
  if (!letter) return { kind: 'not-found' };

  let isFirst = false;
  try {
    await inTransaction(options, async (tx) => {
      const claimed = await tx.$executeRawUnsafe(
        'UPDATE dead_letters SET replayed_at = now() WHERE id = $1 AND replayed_at IS NULL',
        letterId,
      );
      isFirst = claimed === 1;
      if (isFirst) await runHandlers(options, letter.event, tx);
    });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    await pool.query('UPDATE dead_letters SET error = $2, attempts = attempts + 1 WHERE id = $1', [
      letterId,
      describe(error),
    ]);
    return { kind: 'failed', error };
  }
  return { kind: isFirst ? 'replayed' : 'already-replayed' };
}

/** The error with its causes, short enough for a table that people read. NUL has no place in PostgreSQL text. */
function describe(error: unknown): string {
  const parts: string[] = [];
  for (let cause = error; cause !== undefined && parts.length < 5;) {
    parts.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return parts.join('\ncaused by ').replaceAll('\0', '').slice(0, 8_000);
}
