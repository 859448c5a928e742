import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { secretFor } from './secret.js';

const BUNDLE = resolve(import.meta.dirname, '../../standalone/dist/main.js');
const START_WITHIN_MILLIS = 120_000; // two minutes
const STOP_WITHIN_MILLIS = 20_000; // twenty seconds
const LOOK_EVERY_MILLIS = 10;

/** The whole shop in a process of its own, as `npm start` runs it, with production's settings. */
export type Shop = {
  readonly url: string;
  readonly pid: number;
  readonly database: EmbeddedDatabase;
  /** From the start of the process until it said that it was ready. */
  readonly startMillis: number;
  stop(): Promise<void>;
};

type EmbeddedDatabase = {
  /** The database of that name on the shop's server. */
  url(name: string): string;
  readonly postmasterPid: number;
  readonly logFile: string;
};

/**
 * @param options.profileFolder where the process leaves its CPU profile when it stops
 * @throws with the process's own words when it does not get ready
 */
export async function startShop(options: { dataDir: string; profileFolder?: string | null }): Promise<Shop> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const profiling = options.profileFolder
    ? ['--cpu-prof', '--cpu-prof-dir', options.profileFolder, '--cpu-prof-interval', '500']
    : [];
  const key = secretFor(options.dataDir);
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', ...profiling, BUNDLE], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      SERVICE_KEY: key,
      QUOTE_KEY: key,
      DATA_DIR: options.dataDir,
      DEMO_DATA: 'false',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  try {
    await untilReady(url, child);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`the shop did not open:\n${said}`, { cause: error });
  }
  return {
    url,
    pid: child.pid ?? 0,
    database: embeddedDatabase(options.dataDir),
    startMillis: performance.now() - startedAt,
    stop: () => stop(child),
  };
}

/** postmaster.pid: process id, data directory, start time, port (PostgreSQL, src/include/utils/pidfile.h). */
function embeddedDatabase(dataDir: string): EmbeddedDatabase {
  const folder = join(dataDir, 'postgres');
  const [pid = '', realFolder = '', , port = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split(
    '\n',
  );
  return {
    url: (name) => `postgres://storegraph@127.0.0.1:${port.trim()}/${name}`,
    postmasterPid: Number(pid),
    logFile: `${realFolder.trim()}.log`,
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MILLIS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(LOOK_EVERY_MILLIS);
  }
  throw new Error(`it was not ready within ${START_WITHIN_MILLIS} ms`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MILLIS);
  await gone;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => done(port));
    });
  });
}
