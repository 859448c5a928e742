import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureDatabase } from '../databases.js';
import { silentLog, type DatabaseLog } from '../log.js';
import { settleAccount } from './account.js';
import { childSettings } from './child-settings.js';
import { ensureCluster, SUPERUSER, type Cluster } from './cluster.js';
import { launch } from './launch.js';
import { prepareBinaries } from './native-binaries.js';
import { isServing, type Postmaster } from './postmaster.js';

const run = promisify(execFile);
const WATCH_EVERY_MILLIS = 500;

/** What {@link startEmbeddedPostgres} needs. */
export interface EmbeddedPostgresOptions {
  /** Kept between runs; made at the first start. Its log is beside it, in `<dataDir>.log`. */
  dataDir: string;
  /** @default the port this data directory used last when it is free, else the first free one from 15432 */
  port?: number;
  /** Leave the server running when this process exits; the next start finds and reuses it. @default false */
  keepRunning?: boolean;
  log?: DatabaseLog;
}

/** A running embedded server. */
export interface EmbeddedPostgres {
  /** Superuser connection to the database `storegraph`, which exists: `postgres://storegraph@127.0.0.1:<port>/storegraph`. */
  readonly url: string;
  readonly port: number;
  /** Of the server process; changes when a crashed server was started again. */
  readonly pid: number;
  /** Whether a server left by an earlier process was found instead of starting one. */
  readonly reused: boolean;
  /** End connections, write everything down and stop, found or started alike. Resolves when the server is gone; may be called twice. */
  stop(): Promise<void>;
}

/**
 * Start PostgreSQL from the binaries inside the npm packages, on 127.0.0.1 only, with data kept in a folder.
 *
 * The first start creates the cluster. A server that a killed process left behind is found and reused; one
 * that was itself killed recovers at the next start, and while this process lives it is started again on the
 * same port within about a second. Started as root, the server runs as `nobody` (PostgreSQL refuses root). It is stopped
 * when this process exits, unless `keepRunning`.
 *
 * @throws PortInUse when `port` is given and taken; DataVersionMismatch, DataDirectoryInvalid with the folder
 *         untouched; PlatformUnsupported; PostgresStartFailed with the server's last lines
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = silentLog, keepRunning = false } = options;
  const startedAt = performance.now();
  const cluster = await prepareCluster(path.resolve(options.dataDir));
  const server = await launch(cluster, options.port);
  const url = `postgres://${SUPERUSER}@127.0.0.1:${server.port}/storegraph`;
  await ensureDatabase({ url });

  const { reused, port } = server;
  log.info(
    { port, pid: server.pid, reused, tookMillis: Math.round(performance.now() - startedAt) },
    'embedded PostgreSQL is up',
  );
  if (reused && options.port !== undefined && options.port !== port) {
    log.warn({ port, askedPort: options.port }, 'the embedded PostgreSQL already ran on another port');
  }
  const watch = watchServer({ cluster, server, log });
  const stopOnExit = () => interrupt(watch.pid);
  if (!keepRunning) process.once('exit', stopOnExit);

  let stopped: Promise<void> | undefined;
  return {
    url,
    port,
    reused,
    get pid() {
      return watch.pid;
    },
    stop() {
      process.off('exit', stopOnExit);
      return (stopped ??= watch.end().then(() => stopServer(cluster, watch.pid)));
    },
  };
}

async function prepareCluster(asked: string): Promise<Cluster> {
  const { account, dataDir } = await settleAccount(asked);
  const binaries = await prepareBinaries({ account, copyTo: `${dataDir}.native` });
  const cluster = { dataDir, account, binaries };
  await ensureCluster(cluster);
  return cluster;
}

/** Start the server again when it dies; a reused server is nobody's child, so its process id is watched. */
function watchServer({ cluster, server, log }: { cluster: Cluster; server: Postmaster; log: DatabaseLog }) {
  const watched = { pid: server.pid };
  let looking: Promise<void> | undefined;
  const look = async () => {
    if (await isServing(watched.pid, cluster.dataDir)) return;
    log.warn({ pid: watched.pid }, 'embedded PostgreSQL died, starting it again');
    watched.pid = (await launch(cluster, server.port)).pid;
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((err: unknown) => log.warn({ err }, 'embedded PostgreSQL could not be started again'))
      .finally(() => (looking = undefined));
  }, WATCH_EVERY_MILLIS);
  timer.unref();
  return {
    get pid() {
      return watched.pid;
    },
    async end(): Promise<void> {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Fast shutdown: SIGINT (PostgreSQL manual, 18.5). Windows knows no such signal; the next start reuses the server. */
function interrupt(pid: number): void {
  if (process.platform === 'win32') return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // already gone
  }
}

async function stopServer({ dataDir, account, binaries }: Cluster, pid: number): Promise<void> {
  if (!(await isServing(pid, dataDir))) return;
  await run(
    binaries.pgCtl,
    ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '30'],
    childSettings(account),
  ).catch(async (error: unknown) => {
    if (await isServing(pid, dataDir)) throw error;
  });
}
