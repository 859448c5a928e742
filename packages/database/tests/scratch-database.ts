import { randomBytes } from 'node:crypto';
// By path, not by name: the test kit depends on this package, and a workspace may not depend on itself.
import { postgresForTests } from '../../testkit/src/postgres.js';
import { dropDatabase, ensureDatabase } from '../src/index.js';

/** A URL whose database nobody else uses; `create` decides whether it exists already. Dropped at the end of the scope. */
export async function scratchDatabase({ create = true }: { create?: boolean } = {}) {
  const base = new URL(await postgresForTests());
  base.pathname = `/sg_database_${process.pid}_${randomBytes(4).toString('hex')}`;
  const url = base.href;
  if (create) await ensureDatabase({ url });
  return { url, [Symbol.asyncDispose]: () => dropDatabase({ url }) };
}
