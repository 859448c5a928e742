import { expect, test } from 'vitest';
import { dropDatabase, ensureDatabase, openPool } from '../src/index.js';
import { scratchDatabase } from './scratch-database.js';

test('of several that ensure one database at once, exactly one creates it', async () => {
  await using database = await scratchDatabase({ create: false });
  const created = await Promise.all(Array.from({ length: 6 }, () => ensureDatabase(database)));
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(await ensureDatabase(database)).toBe(false);
});

test('dropping a database closes its connections and may be repeated', async () => {
  await using database = await scratchDatabase();
  const pool = openPool({ url: database.url, size: 1 });
  await pool.query('SELECT 1');
  await dropDatabase(database);
  await dropDatabase(database);
  await expect(pool.query('SELECT 1')).rejects.toThrow(/does not exist|terminating connection/);
  await pool.end();
});
