import { openHttpClient } from '../load/http-client.js';
import type { LoadJob } from '../load/load-job.js';
import type { Options } from '../options.js';
import { countStatements, type StatementCount } from './count-statements.js';
import { measure } from './measure.js';
import type { Comparison, OperationResult } from './result.js';
import { CONCURRENCIES, COUNTED_TURNS, WARM_UP_TURNS, type Act, type Stage } from './stage.js';

/** The floor's turns are short: more of them make its figures as steady as the shop's. */
const FLOOR_TURNS_PER_SHOP_TURN = 4;

/** Measures an operation at every concurrency, shop and floor one after the other, and counts its statements. */
export async function runOperation(act: Act, stage: Stage, options: Options): Promise<OperationResult> {
  const { name, title, targetCpuMillis } = act.operation;
  const comparisons: Comparison[] = [];
  for (const concurrency of CONCURRENCIES)
    comparisons.push(await compare(act, stage, { ...options, concurrency }));
  return {
    name,
    title,
    targetCpuMillis,
    answerBytes: Buffer.byteLength(act.inputs[0]?.answer ?? ''),
    statements: await statementsOf(act, stage),
    comparisons,
  };
}

async function compare(
  act: Act,
  { shop, floor }: Stage,
  { requests, seconds, concurrency }: Options & { concurrency: number },
): Promise<Comparison> {
  const { postmasterPid } = shop.database;
  const turns = Math.ceil(requests * act.operation.share);
  const warmUpTurns = Math.ceil(WARM_UP_TURNS * act.operation.share);
  const job = { ...jobOf(act), concurrency, seconds, warmUpTurns };
  const firstTurn = act.takeTurns(warmUpTurns + turns);
  return {
    concurrency,
    shop: await measure(
      { ...job, side: 'shop', url: shop.url, firstTurn, turns },
      { serverPid: shop.pid, postmasterPid },
    ),
    floor: await measure(
      { ...job, side: 'floor', url: floor.url, firstTurn: 0, turns: requests * FLOOR_TURNS_PER_SHOP_TURN },
      { serverPid: floor.pid, postmasterPid },
    ),
  };
}

function jobOf({ operation, inputsFile }: Act): Pick<LoadJob, 'operation' | 'inputsFile'> {
  return { operation: operation.name, inputsFile };
}

async function statementsOf({ operation, inputs, takeTurns }: Act, { shop }: Stage): Promise<StatementCount> {
  const client = openHttpClient(1);
  const first = takeTurns(COUNTED_TURNS);
  const count = await countStatements(
    { url: shop.database.url('postgres'), logFile: shop.database.logFile },
    {
      count: COUNTED_TURNS,
      take: async () => {
        for (let turn = first; turn < first + COUNTED_TURNS; turn += 1) {
          const input = inputs[turn % inputs.length];
          if (input) await operation.perform({ client, url: shop.url }, input);
        }
      },
    },
  );
  await client.close();
  return count;
}
