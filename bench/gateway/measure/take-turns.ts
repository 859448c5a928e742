import { percentile } from '../../load/percentile.js';
import { cpuMillisOfTree } from '../../measure/cpu-time.js';
import type { RunningContestant } from '../contestants/start-contestant.js';
import type { QuestionName } from '../graph/questions.js';
import type { Options } from '../options.js';
import { questionsOf, type Answers } from './answers.js';
import type { Arena } from './arena.js';
import type { Load, Standing, Turn } from './result.js';

/** Right before a turn, uncounted: connections are opened, caches of the machine are filled again. */
const SETTLE_MILLIS = 250;

export const MANY_AT_ONCE = 16;

/** Alone, requests meet nobody they could share work with, so there is one variety of that. */
const LOADS: readonly Omit<Load, 'question'>[] = [
  { variety: 'distinct', concurrency: MANY_AT_ONCE },
  { variety: 'identical', concurrency: MANY_AT_ONCE },
  { variety: 'distinct', concurrency: 1 },
];

type Match = { readonly arena: Arena; readonly answers: Answers };

/** Loads everyone with every question until their code is as fast as it gets. */
export async function warmUp({ arena, answers }: Match, options: Options): Promise<void> {
  for (const running of arena.contestants)
    for (const question of questionsOf(running, options.questions))
      await arena.load.run({
        ...slotFor(running, { question, variety: 'distinct', concurrency: MANY_AT_ONCE }, answers),
        millis: options.warmUpSeconds * 1_000,
      });
}

/** Everyone in turn under one load, then under the next, and all of that again: what disturbs the machine disturbs all. */
export async function takeTurns(match: Match, options: Options): Promise<readonly Standing[]> {
  const { contestants } = match.arena;
  const loads = options.questions.flatMap((question) => LOADS.map((load) => ({ question, ...load })));
  const turns = new Map<Load, Map<RunningContestant, Turn[]>>(
    loads.map((load) => [load, new Map(askedOf(contestants, load).map((running) => [running, []]))]),
  );
  for (let round = 0; round < options.rounds; round += 1) {
    console.error(`Round ${round + 1} of ${options.rounds} …`);
    for (const [load, ofLoad] of turns)
      for (const running of rotated([...ofLoad.keys()], round))
        ofLoad.get(running)?.push(await takeTurn(match, { running, load, seconds: options.seconds }));
  }
  return loads.flatMap((load) =>
    askedOf(contestants, load).map((running) => ({
      ...load,
      contestant: running.contestant.name,
      answerBytes: Buffer.byteLength(answerOf(match.answers, running, load.question)),
      ...medians(turns.get(load)?.get(running) ?? []),
    })),
  );
}

async function takeTurn(
  { arena, answers }: Match,
  { running, load, seconds }: { running: RunningContestant; load: Load; seconds: number },
): Promise<Turn> {
  const slot = slotFor(running, load, answers);
  await arena.load.run({ ...slot, millis: SETTLE_MILLIS });
  const before = cpuMillisOfTree(running.pid);
  const result = await arena.load.run({ ...slot, millis: seconds * 1_000 });
  const after = cpuMillisOfTree(running.pid);
  return {
    ...result,
    cpuMillis: before === null || after === null ? null : (after - before) / result.requests,
  };
}

function slotFor(running: RunningContestant, load: Load, answers: Answers) {
  return { ...load, url: running.url, answer: answerOf(answers, running, load.question) };
}

function answerOf(answers: Answers, running: RunningContestant, question: QuestionName): string {
  return answers.get(running)?.[question] ?? '';
}

function askedOf(contestants: readonly RunningContestant[], { question }: Load): RunningContestant[] {
  return contestants.filter(({ contestant }) => contestant.questions.includes(question));
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function medians(turns: readonly Turn[]): Turn & { turns: readonly Turn[] } {
  const median = (values: readonly number[]) => percentile(values, 50);
  const cpu = turns.flatMap(({ cpuMillis }) => cpuMillis ?? []);
  return {
    requests: median(turns.map(({ requests }) => requests)),
    cpuMillis: cpu.length === turns.length ? median(cpu) : null,
    p50Millis: median(turns.map(({ p50Millis }) => p50Millis)),
    p99Millis: median(turns.map(({ p99Millis }) => p99Millis)),
    turns,
  };
}
