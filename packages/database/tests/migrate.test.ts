import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  migrate,
  MigrationChanged,
  MigrationFailed,
  MigrationFolderInvalid,
  MigrationLockTimeout,
  MigrationUnfinished,
  openPool,
} from '../src/index.js';
import { scratchDatabase } from './scratch-database.js';

let workshop: string;
beforeAll(async () => (workshop = await mkdtemp(path.join(tmpdir(), 'sg-migrate-'))));
afterAll(() => rm(workshop, { recursive: true, force: true }));

/** A folder of migrations; writing it again changes the files. */
async function folderOf(name: string, migrations: Record<string, string>): Promise<string> {
  const folder = path.join(workshop, name);
  for (const [migration, sql] of Object.entries(migrations)) {
    await mkdir(path.join(folder, migration), { recursive: true });
    await writeFile(path.join(folder, migration, 'migration.sql'), sql);
  }
  return folder;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const pool = openPool({ url, size: 1 });
  try {
    return (await pool.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await pool.end();
  }
}

test('applies what is new in the order of the names, and nothing the second time', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('order', {
    '2_fill': 'INSERT INTO a VALUES (1)',
    '1_make': 'CREATE TABLE a (x int)',
  });
  expect((await migrate({ ...database, folder })).map(({ name }) => name)).toEqual(['1_make', '2_fill']);
  expect(await migrate({ ...database, folder })).toEqual([]);
  await folderOf('order', { '3_more': 'INSERT INTO a VALUES (2)' });
  expect((await migrate({ ...database, folder })).map(({ name }) => name)).toEqual(['3_more']);
  expect(await ask(database.url, 'SELECT x FROM a ORDER BY x')).toEqual([{ x: 1 }, { x: 2 }]);
});

test('of several callers at once one applies and the others find it done', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('concurrent', {
    '1_make': 'CREATE TABLE a (x int)',
    '2_slow': 'INSERT INTO a SELECT 1 FROM pg_sleep(0.3)',
    // Waits for every older snapshot: callers must not queue inside a statement.
    '3_index': '-- without transaction\nCREATE INDEX CONCURRENTLY a_x ON a (x);',
  });
  const results = await Promise.all(Array.from({ length: 4 }, () => migrate({ ...database, folder })));
  expect(results.map((applied) => applied.length).sort()).toEqual([0, 0, 0, 3]);
  expect(await ask(database.url, 'SELECT count(*)::int AS rows FROM a')).toEqual([{ rows: 1 }]);
});

test('a failing migration leaves nothing of itself behind and keeps those before it', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('failing', {
    '1_make': 'CREATE TABLE a (x int)',
    '2_break': 'CREATE TABLE b (x int); INSERT INTO a VALUES (1); SELECT bogus;',
    '3_never': 'CREATE TABLE c (x int)',
  });
  await expect(migrate({ ...database, folder })).rejects.toThrow(MigrationFailed);
  await expect(migrate({ ...database, folder })).rejects.toThrow(
    'Migration "2_break" failed: column "bogus" does not exist',
  );
  expect(await ask(database.url, "SELECT to_regclass('b') AS b, to_regclass('c') AS c")).toEqual([
    { b: null, c: null },
  ]);
  expect(await ask(database.url, 'SELECT migration_name FROM _prisma_migrations')).toEqual([
    { migration_name: '1_make' },
  ]);

  await folderOf('failing', { '2_break': 'CREATE TABLE b (x int)' });
  expect((await migrate({ ...database, folder })).map(({ name }) => name)).toEqual(['2_break', '3_never']);
});

test('a migration outside a transaction that fails stays recorded until somebody has looked', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('unfinished', {
    '1_make': '-- without transaction\nCREATE TABLE a (x int);\nSELECT bogus;',
  });
  await expect(migrate({ ...database, folder })).rejects.toThrow(MigrationFailed);
  const again = migrate({ ...database, folder });
  await expect(again).rejects.toThrow(MigrationUnfinished);
  await expect(again).rejects.toMatchObject({ migration: '1_make', logs: 'column "bogus" does not exist' });

  await ask(database.url, 'UPDATE _prisma_migrations SET rolled_back_at = now()');
  await ask(database.url, 'DROP TABLE a');
  await folderOf('unfinished', { '1_make': 'CREATE TABLE a (x int)' });
  expect(await migrate({ ...database, folder })).toHaveLength(1);
});

test('refuses a migration that was changed after it had been applied, before doing anything', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('changed', { '1_make': 'CREATE TABLE a (x int);\n' });
  await migrate({ ...database, folder });
  await folderOf('changed', { '1_make': 'CREATE TABLE a (x bigint);\n', '2_new': 'CREATE TABLE b (x int)' });
  const refused = migrate({ ...database, folder });
  await expect(refused).rejects.toThrow(MigrationChanged);
  await expect(refused).rejects.toMatchObject({ migration: '1_make', code: 'MIGRATION_CHANGED' });
  expect(await ask(database.url, "SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
});

test('takes other line endings for no change', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('endings', { '1_make': 'CREATE TABLE a (x int);\n-- end\n' });
  await migrate({ ...database, folder });
  await folderOf('endings', { '1_make': 'CREATE TABLE a (x int);\r\n-- end\r\n' });
  expect(await migrate({ ...database, folder })).toEqual([]);
});

test('runs on a database that a newer release has migrated further, and mentions it', async () => {
  await using database = await scratchDatabase();
  const newer = await folderOf('newer', {
    '1_make': 'CREATE TABLE a (x int)',
    '2_newer': 'CREATE TABLE b (x int)',
  });
  await migrate({ ...database, folder: newer });
  const older = await folderOf('older', { '1_make': 'CREATE TABLE a (x int)' });
  const warnings: object[] = [];
  const log = { info: () => undefined, warn: (fields: object) => void warnings.push(fields) };
  expect(await migrate({ ...database, folder: older, log })).toEqual([]);
  expect(warnings).toEqual([{ onlyInDatabase: ['2_newer'] }]);
});

test('gives up when another process holds the lock for too long', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('locked', { '1_make': 'CREATE TABLE a (x int)' });
  const other = openPool({ url: database.url, size: 1 });
  await other.query('SELECT pg_advisory_lock(72707369)'); // Prisma Migrate's key
  await expect(migrate({ ...database, folder, lockTimeoutMillis: 100 })).rejects.toThrow(
    MigrationLockTimeout,
  );
  await other.end();
  expect(await migrate({ ...database, folder })).toHaveLength(1);
});

test('names a folder that is missing or incomplete', async () => {
  await using database = await scratchDatabase();
  const folder = await folderOf('incomplete', { '1_make': 'SELECT 1' });
  await mkdir(path.join(folder, '2_empty'));
  await expect(migrate({ ...database, folder })).rejects.toThrow('Migration "2_empty"');
  await expect(migrate({ ...database, folder: `${folder}/nowhere` })).rejects.toThrow(MigrationFolderInvalid);
});
