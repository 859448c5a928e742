import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { startEmbeddedPostgres } from '@storegraph/database';
import pg from 'pg';

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres';
const CACHE = fileURLToPath(
  new URL('../../../node_modules/.cache/storegraph-test-postgres', import.meta.url),
);
const ANSWER_WITHIN_MILLIS = 1_000;

let found: Promise<string> | undefined;

/**
 * A superuser's URL of a real PostgreSQL on which tests create (and drop) databases of their own:
 * TEST_DATABASE_URL; else a server on 127.0.0.1:5432 that trusts `postgres`; else an embedded one, shared by
 * all test files of a run and stopped when the run is over.
 */
export async function postgresForTests(): Promise<string> {
  return (found ??= findPostgres());
}

async function findPostgres(): Promise<string> {
  const named = process.env['TEST_DATABASE_URL'];
  if (named) return named;
  return (await answers(LOCAL)) ? LOCAL : startShared();
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN_MILLIS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function startShared(): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir: path.join(CACHE, 'data'), keepRunning: true });
  if (!server.reused && process.platform !== 'win32') stopWithRun(server.pid);
  return server.url;
}

/** Test files run in workers that come and go; the run itself is their parent process (or, for threads, this one). */
function stopWithRun(server: number): void {
  const run = isMainThread ? process.ppid : process.pid;
  const waitAndStop = `while kill -0 ${run} 2>/dev/null; do sleep 1; done; kill -INT ${server}`;
  spawn('sh', ['-c', waitAndStop], { detached: true, stdio: 'ignore' }).unref();
}
