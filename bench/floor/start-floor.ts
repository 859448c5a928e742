import { fork } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { dropDatabase, ensureDatabase } from '@storegraph/database';
import type { Input, Operation } from '../operations/operation.js';
import type { FromFloorProcess } from './floor-process.js';

export type RunningFloor = { readonly url: string; readonly pid: number; stop(): void };

/** Makes the floor's database anew and fills it with what the shop answered. */
export async function fillFloor(
  databaseUrl: string,
  prepared: readonly { operation: Operation; inputs: readonly Input[] }[],
): Promise<void> {
  await dropDatabase({ url: databaseUrl });
  await ensureDatabase({ url: databaseUrl });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (const { operation, inputs } of prepared) await operation.floor.fill(client, inputs);
  await client.query('VACUUM ANALYZE');
  await client.end();
}

/** Starts the floor's process on its database. */
export async function startFloor(databaseUrl: string): Promise<RunningFloor> {
  const child = fork(join(import.meta.dirname, 'floor-process.ts'), {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl },
  });
  const { port } = await new Promise<FromFloorProcess>((resolve, reject) => {
    child.once('message', (message: FromFloorProcess) => resolve(message));
    child.once('exit', (code) => reject(new Error(`the floor's process ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => child.kill() };
}
