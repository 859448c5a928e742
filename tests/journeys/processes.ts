import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const STARTING_MILLIS = 120_000;
const STOPPING_MILLIS = 15_000;

const LOWEST_PORT = 16_000;
const WORKER_RANGES = 8;
const PORTS_PER_WORKER = 2_000;

/** A process of the shop, started for a journey. */
export type Process = {
  readonly output: () => string;
  readonly pid: number;
  /** Whether it ended, of itself or by order. */
  readonly hasEnded: () => boolean;
  stop(): Promise<number | null>;
  /** Ends it as a lost machine would: SIGKILL, without a word to anybody. */
  kill(): Promise<void>;
};

/** Starts a process of its own group and keeps what it says. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Process {
  let output = '';
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    output: () => output,
    pid: child.pid ?? 0,
    hasEnded: () => hasEnded(child),
    stop: () => end(child),
    kill: () => kill(child),
  };
}

/** Runs a process to its end. @throws with its output when it fails */
export async function runToEnd(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  let output = '';
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Waits until the shop says that all of it is ready. @throws with what the process said meanwhile */
export async function untilReady(url: string, process: Process): Promise<void> {
  const deadline = Date.now() + STARTING_MILLIS;
  while (Date.now() < deadline && !process.hasEnded()) {
    const ready = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`nothing was ready at ${url}:\n${process.output().slice(-8_000)}`);
}

/**
 * The first of `count` neighbouring ports nobody listens on. They lie below those the system gives to outgoing
 * connections (from 32,768 on Linux), which would take one of them before its process does; each test worker has a
 * range of its own.
 */
export async function freePorts(count: number): Promise<number> {
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKER_RANGES;
  const lowest = LOWEST_PORT + worker * PORTS_PER_WORKER;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = lowest + Math.floor(Math.random() * (PORTS_PER_WORKER - count));
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`found no ${count} free ports side by side`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

async function end(child: ChildProcess): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode;
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPPING_MILLIS);
  const code = await ended;
  clearTimeout(timer);
  return code;
}

async function kill(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
