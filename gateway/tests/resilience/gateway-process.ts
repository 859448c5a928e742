import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { SERVICE_KEY } from '../inline-subgraph.js';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/graphql';

/** The gateway as a process of its own, as an orchestrator runs it. */
export type GatewayProcess = Disposable & {
  readonly url: string;
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  /** Resolves once its log has a line like this. @throws when none comes in five seconds */
  says(pattern: RegExp): Promise<void>;
};

const PATIENCE_MILLIS = 5_000; // five seconds
const STARTING_MILLIS = 20_000; // compiling TypeScript on a busy machine takes its time

/** Starts the gateway without a wait, on a port the system chooses. Disposing kills what is still there. */
export async function startGatewayProcess(env: Record<string, string>): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: '0',
      SERVICE_KEY,
      ACCOUNTS_URL: NOWHERE,
      REVIEWS_URL: NOWHERE,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));

  const says = async (pattern: RegExp, withinMillis = PATIENCE_MILLIS): Promise<void> => {
    for (const until = performance.now() + withinMillis; !pattern.test(log);) {
      if (child.exitCode !== null || performance.now() > until)
        throw new Error(`never said ${pattern}: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  try {
    await says(/"url":"[^"]+"/, STARTING_MILLIS);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const url = /"url":"([^"]+)"/.exec(log)?.[1] ?? '';
  return { url, child, exited, says, [Symbol.dispose]: () => child.kill('SIGKILL') };
}
