import { fork } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { dropDatabase, ensureDatabase } from '@storegraph/database';
import type { Input, Operation } from '../operations/operation.js';
import type { FromFloorProcess } from './floor-process.js';

/** The floor's process on a database of its own, on the server of the shop. */
export type RunningFloor = {
  readonly url: string;
  readonly pid: number;
  /** Teaches it what the shop answered to an operation. */
  fill(operation: Operation, inputs: readonly Input[]): Promise<void>;
  stop(): void;
};

/** Starts the floor on a new, empty database. */
export async function startFloor(databaseUrl: string): Promise<RunningFloor> {
  await dropDatabase({ url: databaseUrl });
  await ensureDatabase({ url: databaseUrl });
  const child = fork(join(import.meta.dirname, 'floor-process.ts'), {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl },
  });
  const { port } = await new Promise<FromFloorProcess>((resolve, reject) => {
    child.once('message', (message: FromFloorProcess) => resolve(message));
    child.once('exit', (code) => reject(new Error(`the floor's process ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: () => child.kill(),
    async fill({ floor }, inputs) {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await floor.fill(client, inputs);
      await client.query('VACUUM ANALYZE');
      await client.end();
    },
  };
}
