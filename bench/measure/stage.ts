import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFloor, type RunningFloor } from '../floor/start-floor.js';
import { openHttpClient } from '../load/http-client.js';
import type { Input, Operation, OperationName } from '../operations/operation.js';
import { OPERATIONS } from '../operations/operations.js';
import type { Options } from '../options.js';
import { openShop } from '../shop/open-shop.js';
import type { Shop } from '../shop/start-shop.js';

/** How many shoppers act at once: one alone shows what an operation takes, sixteen what they cost each other. */
export const CONCURRENCIES = [1, 16] as const;
export const WARM_UP_TURNS = 1_000;
export const COUNTED_TURNS = 20;
const PREPARING_CONNECTIONS = 8;

/** An operation ready to be performed. */
export type Act = {
  readonly operation: Operation;
  readonly inputs: readonly Input[];
  readonly inputsFile: string;
  /** Hands out turns, so that turns which count something up go round evenly. */
  takeTurns(count: number): number;
};

/** Everything that runs while measurements are taken. */
export type Stage = {
  readonly shop: Shop;
  readonly floor: RunningFloor;
  /** Prepares an operation; right before it is measured, since the one before may change what the shop answers. */
  rehearse(name: OperationName): Promise<Act>;
  close(): Promise<void>;
};

/** Opens a shop, and the floor beside it, on a folder that is removed afterwards unless it was given. */
export async function openStage(options: Options): Promise<Stage> {
  const { folder, shop, close: closeShop } = await openShop(options);
  const stops: (() => Promise<void> | void)[] = [closeShop];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const floor = await startFloor(shop.database.url('bench_floor'));
    stops.push(() => floor.stop());
    return {
      shop,
      floor,
      close,
      async rehearse(name) {
        const operation = OPERATIONS[name];
        const inputs = await prepare(operation, shop, options.requests);
        await floor.fill(operation, inputs);
        return createAct(folder, { operation, inputs });
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepare(operation: Operation, { url }: Shop, requests: number): Promise<readonly Input[]> {
  const client = openHttpClient(PREPARING_CONNECTIONS);
  const turns = CONCURRENCIES.length * (WARM_UP_TURNS + requests) + COUNTED_TURNS;
  const inputs = await operation.prepare({ url, client }, turns);
  await client.close();
  return inputs;
}

function createAct(folder: string, { operation, inputs }: Pick<Act, 'operation' | 'inputs'>): Act {
  const inputsFile = join(folder, `${operation.name}.inputs.json`);
  writeFileSync(inputsFile, JSON.stringify(inputs));
  let next = 0;
  return {
    operation,
    inputs,
    inputsFile,
    takeTurns(count) {
      next += count;
      return next - count;
    },
  };
}
