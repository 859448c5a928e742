import type { Pool } from 'pg';
import type { DomainEvent } from './contract.js';

/** Unpublished events of one aggregate, oldest first, held by one relay until its claim lapses. */
export interface Run {
  readonly positions: readonly string[];
  readonly events: readonly DomainEvent[];
}

interface OutboxRow {
  position: string;
  id: string;
  type: string;
  aggregate_type: string;
  aggregate_id: string;
  data: unknown;
  correlation_id: string | null;
  traceparent: string | null;
  occurred_at: Date;
}

/** Most events taken of one aggregate at a time, so that a long backlog of one does not fill the memory. */
const RUN_LIMIT = 50;

/**
 * How far back the oldest aggregates are looked for. It bounds the work of a claim when very much waits; events behind so
 * many that nobody takes wait with them.
 */
const WINDOW = 2_000;

/**
 * Only the oldest unpublished event of an aggregate can be locked and claimed, and whoever holds it holds the
 * aggregate: that keeps the order with several relays. A row that another relay claims meanwhile is either
 * skipped as locked or fails the lease condition when PostgreSQL checks it again; more heads than wanted are looked
 * at, so that a relay finds others.
 *
 * What waits is read once and compared by position alone. PostgreSQL's statistics are from a time when hardly anything
 * waited, so it would join what waits with itself in a nested loop: seconds for a claim, after an import.
 */
const CLAIM = `
WITH waiting AS MATERIALIZED (
  SELECT oldest.position, oldest.claimed_until,
    first_value(oldest.position) OVER aggregate AS head, row_number() OVER aggregate AS turn
  FROM (
    SELECT position, aggregate_type, aggregate_id, claimed_until
    FROM outbox_events WHERE published_at IS NULL ORDER BY position LIMIT ${WINDOW}
  ) oldest
  WINDOW aggregate AS (PARTITION BY oldest.aggregate_type, oldest.aggregate_id ORDER BY oldest.position)
), heads AS MATERIALIZED (
  SELECT o.position FROM outbox_events o
  WHERE o.position = ANY (ARRAY(
      SELECT position FROM waiting
      WHERE turn = 1 AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      ORDER BY position LIMIT 4 * $1::int
    ))
    AND o.published_at IS NULL AND (o.claimed_until IS NULL OR o.claimed_until < clock_timestamp())
  ORDER BY o.position
  LIMIT $1::int
  FOR UPDATE OF o SKIP LOCKED
), run AS (
  SELECT position FROM waiting
  WHERE turn <= ${RUN_LIMIT} AND head = ANY (ARRAY(SELECT position FROM heads))
)
UPDATE outbox_events o
SET claimed_by = $2, claimed_until = clock_timestamp() + make_interval(secs => $3)
FROM run WHERE o.position = run.position AND o.published_at IS NULL
RETURNING o.position, o.id, o.type, o.aggregate_type, o.aggregate_id, o.data, o.correlation_id, o.occurred_at,
  o.traceparent`;

/*
 * Each statement has a name, so that PostgreSQL parses and plans it once a connection: several run for every event,
 * and to plan the claim takes ten times as long as to run it.
 */
const PUBLISHED = `
UPDATE outbox_events SET published_at = clock_timestamp(), claimed_by = NULL, claimed_until = NULL
WHERE position = ANY($1::bigint[]) AND claimed_by = $2 AND published_at IS NULL`;

/** What nobody has claimed, oldest first: the index of unpublished events answers it. */
const UNCLAIMED = `
SELECT o.position, o.id, o.type, o.aggregate_type, o.aggregate_id, o.data, o.correlation_id, o.occurred_at,
  o.traceparent
FROM outbox_events o
WHERE o.published_at IS NULL AND o.claimed_by IS NULL AND o.position <> ALL($1::bigint[])
ORDER BY o.position
LIMIT ${RUN_LIMIT}`;

const RELEASE = `
UPDATE outbox_events SET claimed_by = NULL, claimed_until = clock_timestamp() + make_interval(secs => $3)
WHERE position = ANY($1::bigint[]) AND claimed_by = $2 AND published_at IS NULL`;

const RENEW = `
UPDATE outbox_events SET claimed_until = clock_timestamp() + make_interval(secs => $3)
WHERE position = ANY($1::bigint[]) AND claimed_by = $2 AND published_at IS NULL`;

/** One relay's hold on rows of the outbox. */
export class OutboxClaims {
  constructor(
    private readonly pool: Pool,
    private readonly relayId: string,
    private readonly leaseSeconds: number,
  ) {}

  async claim(aggregateLimit: number): Promise<Run[]> {
    const { rows } = await this.pool.query<OutboxRow>({
      name: 'outbox_claim',
      text: CLAIM,
      values: [aggregateLimit, this.relayId, this.leaseSeconds],
    });
    return toRuns(rows);
  }

  /** The oldest events that wait for their turn, save those at the positions given. */
  async unclaimed(except: readonly string[]): Promise<Run[]> {
    const { rows } = await this.pool.query<OutboxRow>({
      name: 'outbox_unclaimed',
      text: UNCLAIMED,
      values: [except],
    });
    return toRuns(rows);
  }

  /** @returns false when the claim had lapsed: another relay may hold the rows by now */
  async markPublished(positions: readonly string[]): Promise<boolean> {
    const values = [positions, this.relayId];
    const result = await this.pool.query({ name: 'outbox_published', text: PUBLISHED, values });
    return result.rowCount === positions.length;
  }

  /** Lets go of the rows; nobody takes them before `delaySeconds` have passed. */
  async release(positions: readonly string[], delaySeconds: number): Promise<void> {
    const values = [positions, this.relayId, delaySeconds];
    await this.pool.query({ name: 'outbox_release', text: RELEASE, values });
  }

  /** Holds on to the rows; others lapse, like those of a claim whose answer was lost on its way here. */
  async renew(positions: readonly string[]): Promise<void> {
    const values = [positions, this.relayId, this.leaseSeconds];
    await this.pool.query({ name: 'outbox_renew', text: RENEW, values });
  }

  async hasUnpublished(): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'SELECT 1 FROM outbox_events WHERE published_at IS NULL LIMIT 1',
    );
    return rowCount === 1;
  }
}

/** Rows come in any order, so they are sorted here. */
function toRuns(rows: OutboxRow[]): Run[] {
  const byAggregate = new Map<string, OutboxRow[]>();
  for (const row of rows.sort((a, b) => Number(a.position) - Number(b.position))) {
    const key = `${row.aggregate_type}\n${row.aggregate_id}`;
    const run = byAggregate.get(key);
    if (run) run.push(row);
    else byAggregate.set(key, [row]);
  }
  return [...byAggregate.values()].map((run) => ({
    positions: run.map((row) => row.position),
    events: run.map(toEvent),
  }));
}

function toEvent(row: OutboxRow): DomainEvent {
  return {
    id: row.id,
    type: row.type,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    data: row.data,
    correlationId: row.correlation_id ?? row.id,
    occurredAt: row.occurred_at.toISOString(),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
  };
}
