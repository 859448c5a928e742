import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { databaseUrl, dropDatabase, ensureDatabase, migrate, openPool } from '../src/index.js';
import { PRISMA_CLI, SCHEMA_ENGINE, SHOP } from './fixtures/shop-fixture.js';
import { scratchDatabase } from './scratch-database.js';

const FOLDER = `${SHOP}/migrations`;

interface Run {
  code: number;
  output: string;
}

async function prisma(url: string, ...args: string[]): Promise<Run> {
  return run({ cwd: SHOP, url, args: [PRISMA_CLI, ...args] });
}

async function run({ cwd, url, args }: { cwd: string; url: string; args: string[] }): Promise<Run> {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    PRISMA_SCHEMA_ENGINE_BINARY: SCHEMA_ENGINE,
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
  };
  return promisify(execFile)(process.execPath, args, { cwd, env }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

test('prisma migrate agrees that the run-time runner brought the database up to date', async () => {
  await using database = await scratchDatabase();
  await migrate({ ...database, folder: FOLDER });
  expect((await prisma(database.url, 'migrate', 'status')).output).toContain(
    'Database schema is up to date!',
  );
  expect((await prisma(database.url, 'migrate', 'deploy')).output).toContain(
    'No pending migrations to apply.',
  );
});

test('the run-time runner agrees with prisma migrate deploy, which creates the database too', async () => {
  await using database = await scratchDatabase({ create: false });
  expect((await prisma(database.url, 'migrate', 'status')).output).toContain('P1003');
  const deployed = await prisma(database.url, 'migrate', 'deploy');
  expect(deployed.output).toContain('All migrations have been successfully applied.');
  expect(await migrate({ ...database, folder: FOLDER })).toEqual([]);
});

test('the migrations make exactly the schema, and the shadow database for finding out is gone afterwards', async () => {
  await using database = await scratchDatabase();
  const diff = [
    'migrate',
    'diff',
    '--from-migrations',
    FOLDER,
    '--to-schema',
    'schema.prisma',
    '--exit-code',
  ];
  const same = await prisma(database.url, ...diff);
  expect(same).toMatchObject({
    code: 0,
    output: expect.stringContaining('No difference detected.') as string,
  });

  const script = await prisma(
    database.url,
    'migrate',
    'diff',
    '--from-empty',
    '--to-schema',
    'schema.prisma',
    '--script',
  );
  expect(script.output).toContain('CREATE UNIQUE INDEX "shelves_name_key"');

  const pool = openPool({ url: database.url, size: 1 });
  const { rows } = await pool.query(
    "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow_db%'",
  );
  await pool.end();
  expect(rows).toEqual([]);
});

test('db push makes the schema, and a server that is away is told as such', async () => {
  await using database = await scratchDatabase();
  expect((await prisma(database.url, 'db', 'push')).output).toContain(
    'Your database is now in sync with your Prisma schema.',
  );
  expect((await prisma(database.url, 'db', 'push')).output).toContain('already in sync');
  expect(await prisma('postgres://postgres@127.0.0.1:1/none', 'migrate', 'status')).toMatchObject({
    code: 1,
    output: expect.stringContaining('P1001') as string,
  });
});

test('scripts/prisma.mjs runs the CLI against the database that databaseUrl names', async () => {
  await using database = await scratchDatabase({ create: false });
  const script = fileURLToPath(new URL('../../../scripts/prisma.mjs', import.meta.url));
  const sql = path.join(await mkdtemp(path.join(tmpdir(), 'sg-prisma-')), 'which.sql');
  await writeFile(sql, "DO $$ BEGIN RAISE EXCEPTION 'this is %;', current_database(); END $$;");

  const domain = { url: databaseUrl(database.url, 'reviews') };
  await ensureDatabase(domain);
  await using _own = { [Symbol.asyncDispose]: () => dropDatabase(domain) };
  const asked = await run({
    cwd: SHOP,
    url: database.url,
    args: [script, 'reviews', 'db', 'execute', '--file', sql],
  });
  await rm(path.dirname(sql), { recursive: true });
  expect(asked.output).toContain(`this is ${new URL(domain.url).pathname.slice(1)};`);

  const refused = await run({
    cwd: SHOP,
    url: database.url,
    args: [script, '../packages', 'migrate', 'status'],
  });
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('Usage:') as string });
});
