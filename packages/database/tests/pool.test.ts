import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { createPrismaAdapter, migrate, openPool, type StatementKind } from '../src/index.js';
import { PRISMA_CLI, SHOP } from './fixtures/shop-fixture.js';
import { scratchDatabase } from './scratch-database.js';

/** The part of the generated client these tests call; it is generated below, so there is nothing to import types from. */
interface ShopClient {
  shelf: {
    create(args: object): Promise<{ id: string }>;
    findMany(args?: object): Promise<{ id: string; books?: { title: string }[] }[]>;
  };
  $transaction<T>(work: (tx: ShopClient) => Promise<T>): Promise<T>;
  $queryRawUnsafe(sql: string): Promise<unknown>;
  $disconnect(): Promise<void>;
}

let PrismaClient: new (options: { adapter: ReturnType<typeof createPrismaAdapter> }) => ShopClient;

beforeAll(async () => {
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    DATABASE_URL: 'postgres://127.0.0.1/unused',
  };
  await promisify(execFile)(process.execPath, [PRISMA_CLI, 'generate'], { cwd: SHOP, env });
  const generated = `${SHOP}/generated/client.ts`;
  ({ PrismaClient } = (await import(/* @vite-ignore */ generated)) as { PrismaClient: typeof PrismaClient });
});

/** A migrated shop database, its pool, and what was sent over it since `sent` was last emptied. */
async function shop() {
  const database = await scratchDatabase();
  await migrate({ url: database.url, folder: `${SHOP}/migrations` });
  const sent: { text: string; kind: StatementKind }[] = [];
  const pool = openPool({
    url: database.url,
    size: 2,
    onStatement: (text, kind) => sent.push({ text, kind }),
  });
  const close = async () => {
    await pool.end();
    await database[Symbol.asyncDispose]();
  };
  return {
    pool,
    sent,
    prisma: new PrismaClient({ adapter: createPrismaAdapter(pool) }),
    [Symbol.asyncDispose]: close,
  };
}

test('counts each statement once, whoever sends it', async () => {
  await using it = await shop();
  await it.pool.query('SELECT 1');
  await it.pool.query('SELECT $1::int', [2]);
  const client = await it.pool.connect();
  await client.query({ text: 'SELECT 3', name: 'three' });
  client.release();
  await it.prisma.shelf.findMany();

  expect(it.sent.map(({ kind }) => kind)).toEqual(['query', 'query', 'query', 'query']);
  expect(it.sent.slice(0, 3).map(({ text }) => text)).toEqual(['SELECT 1', 'SELECT $1::int', 'SELECT 3']);
  expect(it.sent[3]?.text).toMatch(/^SELECT .*"shelves"/);
});

test('tells the statements that only frame a transaction from the others', async () => {
  await using it = await shop();
  await it.prisma.$transaction(async (tx) => {
    await tx.shelf.create({
      data: { id: 's1', name: 'Novels', books: { create: { id: 'b1', title: 'Momo' } } },
    });
  });
  const control = it.sent.filter(({ kind }) => kind === 'transaction').map(({ text }) => text);
  expect(control[0]).toBe('BEGIN');
  expect(control.at(-1)).toBe('COMMIT');
  expect(it.sent.filter(({ text }) => text.startsWith('INSERT'))).toHaveLength(2);

  it.sent.length = 0;
  const shelves = await it.prisma.shelf.findMany({ include: { books: true } });
  expect(shelves[0]?.books?.map(({ title }) => title)).toEqual(['Momo']);
  expect(it.sent.every(({ kind }) => kind === 'query')).toBe(true);
});

test('Prisma and SQL share the connections, and disconnecting Prisma leaves them to their owner', async () => {
  await using it = await shop();
  await it.prisma.shelf.findMany();
  await it.pool.query('SELECT 1');
  expect(it.pool.totalCount).toBe(1);
  await it.prisma.$disconnect();
  expect((await it.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('survives the loss of idle and busy connections, says so, and connects again', async () => {
  await using database = await scratchDatabase();
  const warnings: string[] = [];
  const pool = openPool({
    url: database.url,
    size: 2,
    log: { info: () => undefined, warn: (_fields, message) => warnings.push(message) },
  });
  const busy = await pool.connect();
  await pool.query('SELECT 1');

  await using admin = await scratchDatabase();
  const other = openPool({ url: admin.url, size: 1 });
  const busyLost = new Promise((resolve) => busy.once('end', resolve));
  const idleLost = new Promise((resolve) => pool.once('remove', resolve));
  const name = new URL(database.url).pathname.slice(1);
  await other.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  await other.end();
  await Promise.all([busyLost, idleLost]);
  busy.release();

  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(warnings).toContain('a database connection was lost');
  await pool.end();
});

test('cancels a statement at the limit a URL sets', async () => {
  await using database = await scratchDatabase();
  const pool = openPool({ url: `${database.url}?statement_timeout=50`, size: 1 });
  await expect(pool.query('SELECT pg_sleep(5)')).rejects.toThrow('statement timeout');
  await pool.end();

  const unlimited = openPool({ url: database.url, size: 1 });
  expect((await unlimited.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '15s' }]);
  await unlimited.end();
});

/** What the connection of a pool that never needed a second one has prepared, and how often each was run. */
async function preparedOn({ pool }: Awaited<ReturnType<typeof shop>>) {
  expect(pool.totalCount).toBe(1);
  const { rows } = await pool.query<{ statement: string; runs: number }>(
    'SELECT statement, (generic_plans + custom_plans)::int AS runs FROM pg_prepared_statements',
  );
  return rows;
}

test('has PostgreSQL prepare once what Prisma asks again and again', async () => {
  await using it = await shop();
  for (let time = 0; time < 3; time += 1) await it.prisma.shelf.findMany();
  await it.prisma.shelf.create({ data: { id: 's1', name: 'Novels' } });
  expect(await it.prisma.shelf.findMany()).toHaveLength(1);

  const reads = (await preparedOn(it)).filter(({ statement }) => /^SELECT .*"shelves"/.test(statement));
  expect(reads).toEqual([{ statement: expect.any(String), runs: 4 }]);
});

test('leaves unprepared what is put together anew each time, once there is too much of it', async () => {
  await using it = await shop();
  for (let count = 0; count < 450; count += 1)
    await it.prisma.$queryRawUnsafe(`SELECT ${count}::int AS count`);
  expect((await preparedOn(it)).length).toBe(400);
});
