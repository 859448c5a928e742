import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MigrationFailed, MigrationLockTimeout } from './errors.js';
import { silentLog, type DatabaseLog } from './log.js';
import { readMigrations, type MigrationFile } from './migration-files.js';
import {
  compareHistory,
  readHistory,
  recordFailure,
  recordFinish,
  recordStart,
} from './migration-history.js';
import { splitStatements } from './split-statements.js';

/** What {@link migrate} needs. */
export interface MigrateOptions {
  /** The database to bring up to date; it has to exist (see `ensureDatabase`). */
  url: string;
  /** Holds `<name>/migration.sql`, applied in the order of the names. */
  folder: string;
  /** How long to wait for another process that is migrating the same database. @default 300_000 // five minutes */
  lockTimeoutMillis?: number;
  log?: DatabaseLog;
}

/** A migration that a call of {@link migrate} has applied. */
export interface AppliedMigration {
  name: string;
  /** Hexadecimal SHA-256 of the file. */
  checksum: string;
  tookMillis: number;
}

/** The key Prisma Migrate locks: its CLI and this runner exclude each other. */
const MIGRATION_LOCK = 72707369;

/**
 * Bring a database up to date with a folder of migrations, without Prisma's CLI but with its book-keeping
 * (`_prisma_migrations`): `prisma migrate status` and `deploy` agree with what this did, and the other way
 * round.
 *
 * Each migration runs in one transaction, together with its record, unless its first line is
 * `-- without transaction` (for `CREATE INDEX CONCURRENTLY`): its statements then run one by one. Of several
 * callers at once one applies and the others wait and find it done. Migrations that only the database knows
 * are left alone with a warning, since a newer release may have run before a roll-back.
 *
 * @returns what this call applied, in order; empty when the database was up to date
 * @throws MigrationChanged, MigrationUnfinished, MigrationFolderInvalid, MigrationLockTimeout before anything
 *         was applied; MigrationFailed with the migrations before it applied; pg's error when the server
 *         cannot be reached
 */
export async function migrate({
  url,
  folder,
  lockTimeoutMillis = 300_000,
  log = silentLog,
}: MigrateOptions): Promise<AppliedMigration[]> {
  const files = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'storegraph migrate',
    keepAlive: true,
  });
  client.on('error', (err) => log.warn({ err }, 'the migrating connection was lost'));
  try {
    await client.connect();
    await lock(client, lockTimeoutMillis);
    return await applyPending({ client, files, log });
  } finally {
    await client.end(); // closes the session and with it the lock
  }
}

/**
 * Polls instead of waiting inside `pg_advisory_lock`: a waiting statement holds a snapshot, for which a
 * `CREATE INDEX CONCURRENTLY` of the lock's holder would wait in turn.
 */
async function lock(client: pg.Client, timeoutMillis: number): Promise<void> {
  const deadline = Date.now() + timeoutMillis;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.locked) return;
    if (Date.now() >= deadline) {
      throw new MigrationLockTimeout(
        `Another process has been migrating this database for ${timeoutMillis / 1000} s.`,
      );
    }
    await sleep(100);
  }
}

async function applyPending({
  client,
  files,
  log,
}: {
  client: pg.Client;
  files: MigrationFile[];
  log: DatabaseLog;
}) {
  const { pending, onlyInDatabase } = compareHistory(files, await readHistory(client));
  if (onlyInDatabase.length > 0)
    log.warn({ onlyInDatabase }, 'the database knows migrations this release does not');

  const applied: AppliedMigration[] = [];
  for (const file of pending) {
    const startedAt = performance.now();
    await (file.inTransaction ? applyInTransaction(client, file) : applyStepByStep(client, file));
    const migration = {
      name: file.name,
      checksum: file.checksum,
      tookMillis: Math.round(performance.now() - startedAt),
    };
    log.info(migration, 'migration applied');
    applied.push(migration);
  }
  return applied;
}

async function applyInTransaction(client: pg.Client, file: MigrationFile): Promise<void> {
  try {
    await client.query('BEGIN');
    const id = await recordStart(client, file);
    await client.query(file.sql);
    await recordFinish(client, id);
    await client.query('COMMIT');
  } catch (error) {
    // When the connection itself is gone the server rolls back; the first error is the one worth telling.
    await client.query('ROLLBACK').catch(() => undefined);
    throw new MigrationFailed(file.name, error);
  }
}

async function applyStepByStep(client: pg.Client, file: MigrationFile): Promise<void> {
  const id = await recordStart(client, file);
  try {
    for (const statement of splitStatements(file.sql)) await client.query(statement);
    await recordFinish(client, id);
  } catch (error) {
    await recordFailure(client, id, error instanceof Error ? error.message : String(error)).catch(
      () => undefined,
    );
    throw new MigrationFailed(file.name, error);
  }
}
