import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { openPool } from '../src/index.js';
import { scratchDatabase } from './scratch-database.js';

type Told = { text: string; by: string | undefined; failed: boolean | null };

/** A pool with one connection, and who was told to have sent what. */
async function narrowPool() {
  const database = await scratchDatabase();
  const asking = new AsyncLocalStorage<string>();
  const told: Told[] = [];
  const pool = openPool({
    url: database.url,
    size: 1,
    traceStatement(text) {
      const statement: Told = { text, by: asking.getStore(), failed: null };
      told.push(statement);
      return (error) => (statement.failed = error != null);
    },
  });
  return {
    pool,
    told,
    asking,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

test('a statement counts as its caller’s, also when the caller had to wait for somebody else’s connection', async () => {
  await using shop = await narrowPool();
  const callers = ['ann', 'ben', 'cem', 'dan'];
  await Promise.all(
    callers.map((name) =>
      shop.asking.run(name, () => shop.pool.query(`SELECT '${name}' AS name, pg_sleep(0.02)`)),
    ),
  );
  await Promise.all(
    callers.map((name) =>
      shop.asking.run(name, async () => {
        const client = await shop.pool.connect();
        await client.query(`SELECT '${name}' AS name`).finally(() => client.release());
      }),
    ),
  );
  expect(shop.told).toHaveLength(8);
  for (const { text, by } of shop.told) expect(text).toContain(`'${by}'`);
});

test('the end of each statement is told once, with what went wrong', async () => {
  await using shop = await narrowPool();
  await shop.pool.query('SELECT $1::int', [1]);
  await expect(shop.pool.query('SELECT nonsense')).rejects.toThrow('nonsense');
  const client = await shop.pool.connect();
  await client.query({ text: 'SELECT 2' });
  await expect(client.query({ text: 'SELECT more_nonsense' })).rejects.toThrow('more_nonsense');
  client.release();
  expect(shop.told.map(({ failed }) => failed)).toEqual([false, true, false, true]);
});
