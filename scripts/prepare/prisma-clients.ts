import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { sayWhenSlow } from './say-when-slow.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const PRISMA_CLI = require.resolve('prisma/build/index.js');

const PRISMA_FOLDER = resolve(import.meta.dirname, '../../prisma');
const FINGERPRINT_FILE = '.schema-hash';

/** Generates, side by side, the client of every domain whose schema or Prisma version changed. */
export async function generateClients(): Promise<void> {
  const domains = readdirSync(PRISMA_FOLDER).filter((name) =>
    existsSync(join(PRISMA_FOLDER, name, 'schema.prisma')),
  );
  const stale = domains.filter((domain) => recordedFingerprint(domain) !== fingerprintOf(domain));
  if (stale.length === 0) return;
  await sayWhenSlow(`Generating database clients (${stale.join(', ')})`, Promise.all(stale.map(generate)));
}

async function generate(domain: string): Promise<void> {
  const fingerprint = fingerprintOf(domain);
  await run(process.execPath, [PRISMA_CLI, 'generate', '--no-hints'], {
    cwd: join(PRISMA_FOLDER, domain),
    env: {
      ...process.env,
      // `generate` asks for a schema engine it never calls. Naming any executable spares the download.
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      // prisma.config.ts may name the connection; generating does not open it.
      DATABASE_URL: process.env.DATABASE_URL ?? 'postgres://127.0.0.1:5432/storegraph',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  writeFileSync(join(PRISMA_FOLDER, domain, 'generated', FINGERPRINT_FILE), fingerprint);
}

function fingerprintOf(domain: string): string {
  const { version } = require('prisma/package.json') as { version: string };
  const schema = readFileSync(join(PRISMA_FOLDER, domain, 'schema.prisma'));
  return createHash('sha256').update(`prisma ${version}\n`).update(schema).digest('hex');
}

function recordedFingerprint(domain: string): string | undefined {
  const file = join(PRISMA_FOLDER, domain, 'generated', FINGERPRINT_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
