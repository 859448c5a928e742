import { spawn } from 'node:child_process';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PortInUse, PostgresStartFailed } from '../errors.js';
import { childSettings } from './child-settings.js';
import type { Cluster } from './cluster.js';
import { choosePort, rememberPort } from './port.js';
import { answers, findPostmaster, type Postmaster } from './postmaster.js';

/** Fits beside the application on a small machine; durability is PostgreSQL's own (fsync and synchronous_commit on). */
const SETTINGS = {
  shared_buffers: '96MB',
  effective_cache_size: '512MB',
  // Data of this size is in memory, where reading by an index costs little more than reading along.
  random_page_cost: '1.1',
  max_connections: '100',
  max_wal_size: '512MB',
  log_checkpoints: 'off',
  // Errors of single statements stay out of the file: their details may quote customers' data.
  log_min_messages: 'log',
};

/** Recovery after a crash replays at most max_wal_size, seconds even on a slow disk. */
const START_WITHIN_MILLIS = 60_000;
const LOOK_EVERY_MILLIS = 20;
const LOG_LIMIT_BYTES = 5_000_000;

type Attempt = ({ kind: 'started' } & Postmaster) | { kind: 'ended'; log: string };

/**
 * A running server on a cluster: the one that is already there, else a new one.
 *
 * @throws PortInUse, PostgresStartFailed
 */
export async function launch(
  cluster: Cluster,
  askedPort: number | undefined,
): Promise<Postmaster & { reused: boolean }> {
  const deadline = Date.now() + START_WITHIN_MILLIS;
  let lastLog = 'it did not answer';
  while (Date.now() < deadline) {
    const found = await findPostmaster(cluster.dataDir);
    if (found.kind === 'running') return { pid: found.pid, port: found.port, reused: true };
    if (found.kind === 'none') {
      const port = await choosePort(cluster.dataDir, askedPort);
      const attempt = await start(cluster, { port, deadline });
      if (attempt.kind === 'started') return { pid: attempt.pid, port: attempt.port, reused: false };
      lastLog = attempt.log;
      giveUpOn(lastLog, { askedPort, dataDir: cluster.dataDir });
    }
    await sleep(LOOK_EVERY_MILLIS * 5);
  }
  throw new PostgresStartFailed(`The embedded PostgreSQL of ${cluster.dataDir} did not start: ${lastLog}`);
}

/** Returns for what passes by itself: another starter was first, a killed server's children are still going, a port was lost in a race. */
function giveUpOn(
  log: string,
  { askedPort, dataDir }: { askedPort: number | undefined; dataDir: string },
): void {
  if (/could not bind|could not create any TCP/.test(log)) {
    if (askedPort !== undefined) throw new PortInUse(askedPort, dataDir);
    return;
  }
  if (/postmaster\.pid" already exists|pre-existing shared memory block/.test(log)) return;
  throw new PostgresStartFailed(`The embedded PostgreSQL of ${dataDir} ended while starting: ${log}`);
}

async function start(
  cluster: Cluster,
  { port, deadline }: { port: number; deadline: number },
): Promise<Attempt> {
  const logFile = `${cluster.dataDir}.log`;
  const logStart = await startLog(logFile);
  const child = await spawnServer(cluster, { port, logFile });
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended ??= `exit ${code ?? signal}`));

  while (ended === undefined && Date.now() < deadline) {
    if (child.pid !== undefined && (await answers(port, cluster.dataDir))) {
      await rememberPort(cluster.dataDir, port);
      return { kind: 'started', pid: child.pid, port };
    }
    await sleep(LOOK_EVERY_MILLIS);
  }
  const written = (await readFile(logFile)).subarray(logStart).toString('utf8').trim();
  return { kind: 'ended', log: written.split('\n').slice(-10).join('\n') || (ended ?? 'it did not answer') };
}

async function spawnServer(
  { dataDir, account, binaries }: Cluster,
  { port, logFile }: { port: number; logFile: string },
) {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', dataDir, '-h', '127.0.0.1', '-p', String(port), '-k', '', ...settings];
  const log = await open(logFile, 'a');
  try {
    // A process group of its own: Ctrl-C in the terminal goes to Node, which then stops the server in order.
    // A file rather than a pipe: the server outlives a killed parent without losing its log.
    const child = spawn(binaries.postgres, args, {
      ...childSettings(account),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** @returns where this start's lines begin */
async function startLog(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (file) => file.size,
    () => 0,
  );
  if (size <= LOG_LIMIT_BYTES) return size;
  await truncate(logFile);
  return 0;
}
