import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../measure/free-port.js';
import { secretFor } from './secret.js';
import { stopProcess } from './stop-process.js';

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
 * @param options.answerCache whether the gateway may answer from what it kept: what domains cost is measured without
 * @param options.profileFolder where the process leaves its CPU profile when it stops
 * @throws with the process's own words when it does not get ready
 */
export async function startShop(options: {
  dataDir: string;
  profileFolder?: string | null;
  answerCache?: 'off' | 'memory' | undefined;
}): Promise<Shop> {
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
      // One address asks for more than a street of shoppers.
      RATE_LIMITS: 'false',
      ANSWER_CACHE: options.answerCache ?? 'off',
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
    stop: () => stopProcess(child, STOP_WITHIN_MILLIS),
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
