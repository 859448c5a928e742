import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { summariseProfile, type Period } from '../../measure/summarise-profile.js';
import type { Options } from '../options.js';
import { collectAnswers, questionsOf } from './answers.js';
import { openArena } from './arena.js';
import { MANY_AT_ONCE, warmUp } from './take-turns.js';

const SAMPLE_MICROS = 250;

/** Loads contestants that write CPU profiles, stops them, and tells where each of them spent its time. */
export async function profileContestants(options: Options, folder: string): Promise<string> {
  const folderOf = (name: string) => join(folder, name);
  const arena = await openArena(options.only, {
    nodeFlagsOf(name) {
      mkdirSync(folderOf(name), { recursive: true });
      return ['--cpu-prof', '--cpu-prof-dir', folderOf(name), '--cpu-prof-interval', String(SAMPLE_MICROS)];
    },
  });
  const periods: { title: string; folder: string; period: Period }[] = [];
  try {
    const answers = await collectAnswers(arena.contestants, options.questions);
    await warmUp({ arena, answers }, options);
    for (const running of arena.contestants)
      for (const question of questionsOf(running, options.questions)) {
        const fromMicros = nowMicros();
        const { requests } = await arena.load.run({
          url: running.url,
          question,
          variety: 'distinct',
          concurrency: MANY_AT_ONCE,
          millis: options.seconds * 1_000,
          answer: answers.get(running)?.[question] ?? '',
        });
        const { name } = running.contestant;
        const title = `${name}, ${question}, ${requests} requests`;
        periods.push({ title, folder: folderOf(name), period: { fromMicros, toMicros: nowMicros() } });
      }
  } finally {
    await arena.close(); // the profiles are written when the processes end
  }
  return periods
    .map(({ title, folder: from, period }) => `### ${title}\n\n${summariseProfile(from, period)}`)
    .join('\n\n');
}

function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
