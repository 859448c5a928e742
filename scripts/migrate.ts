/**
 * Brings the databases of all domains on the server of DATABASE_URL up to date, creating those that are
 * missing. Services do the same when they start; run it beforehand to keep that moment short.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseUrl, ensureDatabase, migrate } from '../packages/database/src/index.js';

const PRISMA_FOLDER = resolve(import.meta.dirname, '../prisma');
const server = process.env.DATABASE_URL;
if (!server) {
  console.error(
    'DATABASE_URL names no server, for example postgres://user:password@127.0.0.1:5432/storegraph',
  );
  process.exit(1);
}

for (const domain of readdirSync(PRISMA_FOLDER)) {
  const folder = join(PRISMA_FOLDER, domain, 'migrations');
  if (!existsSync(folder)) continue;
  const url = databaseUrl(server, domain);
  await ensureDatabase({ url });
  const applied = await migrate({ url, folder });
  for (const { name, tookMillis } of applied)
    console.log(`${domain}: ${name} in ${Math.round(tookMillis)} ms`);
  if (applied.length === 0) console.log(`${domain}: up to date`);
}
