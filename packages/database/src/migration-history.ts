import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { MigrationChanged, MigrationUnfinished } from './errors.js';
import { matchesChecksum, type MigrationFile } from './migration-files.js';

/** A row of `_prisma_migrations` that still counts (not rolled back). */
interface RecordedMigration {
  name: string;
  checksum: string;
  finished: boolean;
  logs: string | null;
}

/** The table exactly as Prisma Migrate creates it, so that its CLI and this package keep one history. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** What the database says has been applied, oldest first. */
export async function readHistory(client: Client): Promise<RecordedMigration[]> {
  await client.query(CREATE_TABLE);
  const { rows } = await client.query<RecordedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, logs
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

/**
 * The files still to apply, and the names the database knows but the folder does not.
 *
 * @throws MigrationUnfinished, MigrationChanged
 */
export function compareHistory(files: MigrationFile[], history: RecordedMigration[]) {
  const unfinished = history.find((row) => !row.finished);
  if (unfinished) throw new MigrationUnfinished(unfinished.name, unfinished.logs);

  const byName = new Map(history.map((row) => [row.name, row]));
  const pending = files.filter((file) => {
    const row = byName.get(file.name);
    if (row && !matchesChecksum(file, row.checksum)) throw new MigrationChanged(file.name);
    return row === undefined;
  });
  const known = new Set(files.map((file) => file.name));
  return { pending, onlyInDatabase: history.map((row) => row.name).filter((name) => !known.has(name)) };
}

/** Record that a migration begins. @returns the id of its row */
export async function recordStart(client: Client, file: MigrationFile): Promise<string> {
  const id = randomUUID();
  await client.query(
    'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())',
    [id, file.checksum, file.name],
  );
  return id;
}

export async function recordFinish(client: Client, id: string): Promise<void> {
  await client.query(
    'UPDATE "_prisma_migrations" SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
}

export async function recordFailure(client: Client, id: string, reason: string): Promise<void> {
  await client.query('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [id, reason]);
}
