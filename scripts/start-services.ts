/**
 * Runs the gateway and the five subgraphs as processes of their own on this machine, against the PostgreSQL
 * and Redis that DATABASE_URL and REDIS_URL name. One SIGINT or SIGTERM stops all; if one ends, all do.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const ROOT = resolve(import.meta.dirname, '..');
const SUBGRAPHS = ['accounts', 'catalog', 'orders', 'media', 'reviews'];
/** The gateway's port; the subgraphs take the five after it. */
const firstPort = Number(process.env.PORT ?? 4000);

const addresses = Object.fromEntries(
  SUBGRAPHS.map((name, index) => [
    `${name.toUpperCase()}_URL`,
    `http://127.0.0.1:${firstPort + 1 + index}/graphql`,
  ]),
);
const shared = {
  DATABASE_URL: 'postgres://postgres@127.0.0.1:5432/storegraph',
  REDIS_URL: 'redis://127.0.0.1:6379',
  // Good for as long as these processes live; they only have to agree.
  SERVICE_KEY: randomBytes(32).toString('hex'),
  ...addresses,
  ...process.env,
};

/** The gateway makes much that lives as long as a request: a larger nursery saves a tenth of its CPU. */
const V8_FLAGS: Readonly<Record<string, readonly string[]>> = { gateway: ['--max-semi-space-size=64'] };

const running = new Map<string, ChildProcess>();
let isStopping = false;

SUBGRAPHS.forEach((name, index) => launch(name, join('subgraphs', name), firstPort + 1 + index));
launch('gateway', 'gateway', firstPort);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

function launch(name: string, folder: string, port: number): void {
  const bundle = join(ROOT, folder, 'dist/main.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; run \`npm run build\``);
  const child = spawn(process.execPath, [...(V8_FLAGS[name] ?? []), '--enable-source-maps', bundle], {
    env: { ...shared, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.set(name, child);
  prefixLines(name, child.stdout);
  prefixLines(name, child.stderr);
  child.once('exit', (code, signal) => {
    running.delete(name);
    if (isStopping) return;
    console.error(`${name} ended (${signal ?? code}); stopping the others`);
    process.exitCode = 1;
    stop();
  });
}

function stop(): void {
  isStopping = true;
  for (const child of running.values()) child.kill('SIGTERM');
}

function prefixLines(name: string, stream: Readable): void {
  createInterface({ input: stream }).on('line', (line) => console.log(`${name.padEnd(8)} ${line}`));
}
