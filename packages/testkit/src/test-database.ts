import { randomBytes } from 'node:crypto';
import { dropDatabase, ensureDatabase } from '@storegraph/database';
import { postgresForTests } from './postgres.js';

/** A database of a test's own, gone when the test is. */
export type TestDatabase = AsyncDisposable & { readonly url: string };

/** Creates an empty database with a name nobody else uses. */
export async function testDatabase(purpose: string): Promise<TestDatabase> {
  const url = new URL(await postgresForTests());
  url.pathname = `/test_${purpose}_${randomBytes(5).toString('hex')}`;
  await ensureDatabase({ url: url.href });
  return { url: url.href, [Symbol.asyncDispose]: () => dropDatabase({ url: url.href }) };
}
