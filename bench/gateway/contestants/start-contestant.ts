import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../measure/free-port.js';
import type { Contestant, Surroundings } from './contestant.js';
import { stopProcess } from '../../shop/stop-process.js';

const READY_WITHIN_MILLIS = 60_000; // a minute
const STOP_WITHIN_MILLIS = 10_000; // ten seconds
const LOOK_EVERY_MILLIS = 50;
const SHOWN_OUTPUT = 4_000; // characters

/** A contestant that answers. */
export type RunningContestant = {
  readonly contestant: Contestant;
  /** Its GraphQL endpoint. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
};

/**
 * @param options.nodeFlags such as those of a profiler
 * @throws with the process's own words when it does not answer
 */
export async function startContestant(
  contestant: Contestant,
  { surroundings, nodeFlags = [] }: { surroundings: Surroundings; nodeFlags?: readonly string[] },
): Promise<RunningContestant> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const { args, env } = contestant.command(surroundings, port);
  const logFile = join(surroundings.folder, `${contestant.name}.log`);
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...nodeFlags, ...args], {
    cwd: surroundings.folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  try {
    await untilAnswering(url, child);
  } catch (error) {
    child.kill('SIGKILL');
    const said = readFileSync(logFile, 'utf8').slice(-SHOWN_OUTPUT);
    throw new Error(`${contestant.name} did not start:\n${said}`, { cause: error });
  }
  return { contestant, url, pid: child.pid ?? 0, stop: () => stopProcess(child, STOP_WITHIN_MILLIS) };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MILLIS;
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  };
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answers = await fetch(url, request).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await sleep(LOOK_EVERY_MILLIS);
  }
  throw new Error(`it did not answer within ${READY_WITHIN_MILLIS} ms`);
}
