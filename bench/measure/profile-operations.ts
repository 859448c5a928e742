import { mkdirSync } from 'node:fs';
import { runLoad } from '../load/run-load.js';
import type { Options } from '../options.js';
import { WARM_UP_TURNS, type Stage } from './stage.js';
import { summariseProfile, type Period } from './summarise-profile.js';

const CONCURRENCY = 16;

/**
 * Loads the shop, which was started to write a CPU profile, with one operation after the other, stops it, and tells
 * where each of them spent its time. The whole profile stays in the folder, for a browser's developer tools.
 */
export async function profileOperations(stage: Stage, options: Options): Promise<string> {
  const folder = options.profile ?? '';
  mkdirSync(folder, { recursive: true });
  const periods: { title: string; period: Period }[] = [];
  for (const name of options.only) {
    console.error(`Profiling ${name} …`);
    const { operation, inputsFile, takeTurns } = await stage.rehearse(name);
    const warmUpTurns = Math.ceil(WARM_UP_TURNS * operation.share);
    const turns = Math.ceil(options.requests * operation.share);
    const marks: number[] = [];
    await runLoad(
      {
        operation: operation.name,
        side: 'shop',
        url: stage.shop.url,
        inputsFile,
        firstTurn: takeTurns(warmUpTurns + turns),
        concurrency: CONCURRENCY,
        warmUpTurns,
        turns,
        seconds: options.seconds,
      },
      () => marks.push(Number(process.hrtime.bigint() / 1_000n)),
    );
    const [fromMicros = 0, toMicros = 0] = marks;
    periods.push({ title: operation.title, period: { fromMicros, toMicros } });
  }
  await stage.shop.stop(); // the profile is written when the process ends
  return periods
    .map(({ title, period }) => `### ${title}\n\n${summariseProfile(folder, period)}`)
    .join('\n\n');
}
