#!/usr/bin/env node
/**
 * Run Prisma's CLI for one domain: `node scripts/prisma.mjs <domain> <arguments…>`, for instance
 * `node scripts/prisma.mjs orders migrate status`. It runs in prisma/<domain> against the domain's own
 * database, `<db>_<domain>` on the server of DATABASE_URL.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = path.dirname(fileURLToPath(import.meta.url));
const [domain, ...args] = process.argv.slice(2);
const folder = path.join(scripts, '..', 'prisma', domain ?? '');

if (!/^[a-z-]+$/.test(domain ?? '') || args.length === 0 || !existsSync(path.join(folder, 'package.json'))) {
  fail('Usage: node scripts/prisma.mjs <accounts|catalog|media|orders|reviews> <arguments for prisma…>');
}

const child = spawn(
  process.execPath,
  [createRequire(import.meta.url).resolve('prisma/build/index.js'), ...args],
  {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY:
        process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? path.join(scripts, 'schema-engine.mjs'),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      ...(process.env.DATABASE_URL && { DATABASE_URL: domainUrl(process.env.DATABASE_URL) }),
    },
  },
);
child.on('exit', (code, signal) => (process.exitCode = signal ? 1 : code));

/** Says the same as `databaseUrl` of @storegraph/database, which is TypeScript and needs a loader; a test compares them. */
function domainUrl(base) {
  if (!URL.canParse(base)) fail('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  const url = new URL(base);
  url.pathname = `${url.pathname}_${domain.replaceAll('-', '_')}`;
  return url.href;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
