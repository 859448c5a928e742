import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { EVENT_TABLES_SQL, publish } from '../src/index.js';
import type { DomainEvent, SqlTransaction, TransactionHost } from '../src/index.js';

const SERVER_URL = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** What Prisma's interactive transactions offer, over plain pg: this package has no schema of its own. */
export interface TestTransaction extends SqlTransaction {
  $executeRawUnsafe(sql: string, ...parameters: unknown[]): Promise<number>;
}

export interface EventDatabase {
  url: string;
  pool: pg.Pool;
  prisma: TransactionHost<TestTransaction>;
  /** Writes the events in one committed transaction. */
  commit(...events: DomainEvent[]): Promise<void>;
  drop(): Promise<void>;
}

/** A database of its own with the event tables and a `facts` table for handlers to write to. */
export async function createEventDatabase(): Promise<EventDatabase> {
  const name = `events_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER_URL);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  await pool.query(EVENT_TABLES_SQL);
  await pool.query('CREATE TABLE facts (position bigserial, subject text, fact text)');
  const prisma = transactionsOver(pool);
  return {
    url: url.href,
    pool,
    prisma,
    commit: (...events) => prisma.$transaction((tx) => publish(tx, ...events)),
    async drop() {
      await pool.end();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Polls until the check holds; fails after ten seconds naming what was awaited. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ten seconds in vain until ${what}`);
    await pause(10);
  }
}

/** A pool that loses one answer: the claim of an aggregate's events is committed, and nobody hears of it. */
export function losesClaimOf(
  aggregateId: string,
  { url }: EventDatabase,
): { pool: pg.Pool; lostOnce: () => boolean } {
  const pool = new pg.Pool({ connectionString: url });
  const query = pool.query.bind(pool) as (statement: pg.QueryConfig) => Promise<pg.QueryResult>;
  const isWanted = (row: { aggregate_id: string }) => row.aggregate_id === aggregateId;
  let isLost = false;
  const forgetful = async (statement: pg.QueryConfig) => {
    const answer = await query(statement);
    if (isLost || statement.name !== 'outbox_claim' || !answer.rows.some(isWanted)) return answer;
    isLost = true;
    throw new Error('Connection terminated unexpectedly');
  };
  return { pool: Object.assign(pool, { query: forgetful }), lostOnce: () => isLost };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(SERVER_URL);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function transactionsOver(pool: pg.Pool): TransactionHost<TestTransaction> {
  return {
    async $transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work({
          $executeRawUnsafe: async (sql, ...parameters) =>
            (await client.query(sql, parameters)).rowCount ?? 0,
        });
        await client.query('COMMIT');
        return result;
      } catch (err) {
        await client.query('ROLLBACK').catch((lost: Error) => (broken = lost));
        throw err;
      } finally {
        client.release(broken);
      }
    },
  };
}
