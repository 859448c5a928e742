import { readFileSync, writeFileSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { SUPERUSER } from './cluster.js';

/** A server process that answers on a port and serves the data directory it was looked up for. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** What `postmaster.pid` leads to: `starting` also stands for a server on its way down. */
export type Finding = { kind: 'none' } | { kind: 'starting' } | ({ kind: 'running' } & Postmaster);

/** Above every system's largest process id (Linux: 2^22), so it never names a process. */
const NO_PROCESS = 4_194_305;
const ANSWER_WITHIN_MILLIS = 2_000;

/**
 * Look for a live server on a data directory, such as one whose parent was killed. A pid file whose process
 * id stands for something else by now is disarmed on the way, since PostgreSQL would take that for a server
 * and refuse to start: another program (usual after a container restarts), or a killed server that nobody
 * has collected (usual where process 1 is no init).
 */
export async function findPostmaster(dataDir: string): Promise<Finding> {
  const lines = await readPidFile(dataDir);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return { kind: 'none' };

  const state = await processOf(pid, dataDir);
  if (state === 'something else') disarm(dataDir, lines);
  if (state !== 'our server') return { kind: 'none' };
  // File format: pid, data directory, start time, port, … (src/include/utils/pidfile.h).
  const port = Number(lines[3]);
  return port > 0 && (await answers(port, dataDir)) ? { kind: 'running', pid, port } : { kind: 'starting' };
}

/** Whether a server on 127.0.0.1 accepts queries and serves this data directory. */
export async function answers(port: number, dataDir: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    database: 'postgres',
    connectionTimeoutMillis: ANSWER_WITHIN_MILLIS,
    query_timeout: ANSWER_WITHIN_MILLIS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ served: string }>(
      "SELECT current_setting('data_directory') AS served",
    );
    return rows[0] !== undefined && path.resolve(rows[0].served) === dataDir;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether a process id still names the server of a data directory. */
export async function isServing(pid: number, dataDir: string): Promise<boolean> {
  return (await processOf(pid, dataDir)) === 'our server';
}

async function processOf(pid: number, dataDir: string): Promise<'gone' | 'our server' | 'something else'> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to a user whose server this user could not have started.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'something else' : 'gone';
  }
  if (process.platform !== 'linux') return 'our server';
  // A server works from inside its data directory; a dead process that was not collected works nowhere.
  return readlink(`/proc/${pid}/cwd`).then(
    (cwd) => (cwd === dataDir ? 'our server' : 'something else'),
    (error: NodeJS.ErrnoException) => (error.code === 'EACCES' ? 'our server' : 'something else'),
  );
}

async function readPidFile(dataDir: string): Promise<string[] | undefined> {
  const text = await readFile(pidFile(dataDir), 'utf8').catch(() => undefined);
  return text?.split('\n').map((line) => line.trim());
}

/**
 * Only the process id is replaced: the rest of the file names the shared memory by which PostgreSQL notices
 * children that have outlived a killed server, and deleting it would let two servers into one directory.
 * Synchronous, and only when the file is still the one that was read: another starter may be writing its own.
 */
function disarm(dataDir: string, lines: string[]): void {
  const found = readFileSync(pidFile(dataDir), 'utf8').split('\n');
  if (found[0]?.trim() !== lines[0]) return;
  writeFileSync(pidFile(dataDir), [NO_PROCESS, ...found.slice(1)].join('\n'));
}

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'postmaster.pid');
}
