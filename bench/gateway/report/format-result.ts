import { table } from '../../measure/markdown-table.js';
import { QUESTIONS } from '../graph/questions.js';
import type { ContestantResult, GatewayBenchResult, Load, Standing } from '../measure/result.js';
import { TARGETS, type Target } from './targets.js';

const MEGABYTE = 1_024 * 1_024;
const BASE = 'stock-http';

/** The result as a page of Markdown. */
export function formatResult(result: GatewayBenchResult): string {
  const { machine, rounds, seconds, standings, takenAt } = result;
  const load = machine.load.map((value) => value.toFixed(2)).join(', ');
  const loads = loadsOf(standings);
  return [
    `Commit ${machine.commit}, Node ${machine.node}, ${machine.system}, ${machine.cores} x ${machine.cpu}; ` +
      `load average before: ${load}; ${rounds} rounds of ${seconds} s each; taken ${takenAt}.`,
    ...loads.flatMap((one) => [`### ${titleOf(one)}`, loadTable(result, one)]),
    '### Targets',
    targetTable(standings, loads),
    '### Memory after the run',
    memoryTable(result.contestants),
  ].join('\n\n');
}

function loadTable({ contestants, standings }: GatewayBenchResult, load: Load): string {
  const base = standingOf(standings, load, BASE)?.cpuMillis ?? null;
  const rows = contestants.flatMap(({ name, title, subgraphs }) => {
    const standing = standingOf(standings, load, name);
    if (!standing) return [];
    const { cpuMillis, turns, p50Millis, p99Millis, answerBytes } = standing;
    const all = turns.flatMap((turn) => turn.cpuMillis ?? []);
    return [
      [
        title,
        subgraphs,
        millis(cpuMillis),
        `${millis(Math.min(...all))}–${millis(Math.max(...all))}`,
        times(base, cpuMillis),
        millis(p50Millis),
        millis(p99Millis),
        String(answerBytes),
      ],
    ];
  });
  const header = ['gateway', 'subgraphs', 'CPU ms', 'rounds', 'against stock', 'p50 ms', 'p99 ms', 'bytes'];
  return table(header, rows);
}

/** Held against each load of its question: requests that share nothing first, as they are the stricter test. */
function targetTable(standings: readonly Standing[], loads: readonly Load[]): string {
  const kinds = [...new Map(loads.map((load) => [kindOf(load), load])).values()];
  const rows = TARGETS.flatMap((target) => {
    const reached = kinds.map((load) => reachedBy(target, { standings, load }));
    return reached.every((one) => one === null)
      ? []
      : [[target.text, `≥ ${target.atLeast.toFixed(2)}x`, ...reached.map((one) => verdict(one, target))]];
  });
  return table(['what', 'target', ...kinds.map(kindOf)], rows);
}

function reachedBy(
  { ours, peer, question, variety }: Target,
  { standings, load }: { standings: readonly Standing[]; load: Load },
): number | null {
  if (variety && variety !== load.variety) return null;
  const cpuOf = (name: Standing['contestant']) =>
    standingOf(standings, { ...load, question }, name)?.cpuMillis ?? null;
  const [own, other] = [cpuOf(ours), cpuOf(peer)];
  return own && other ? other / own : null;
}

function verdict(reached: number | null, { atLeast }: Target): string {
  if (reached === null) return 'n/a';
  return `${reached.toFixed(2)}x ${reached >= atLeast ? 'pass' : 'FAIL'}`;
}

function memoryTable(contestants: readonly ContestantResult[]): string {
  const megabytes = (bytes: number | undefined) =>
    bytes === undefined ? 'n/a' : `${Math.round(bytes / MEGABYTE)} MB`;
  return table(
    ['gateway', 'subgraphs', 'now', 'at most'],
    contestants.map(({ title, subgraphs, memory }) => [
      title,
      subgraphs,
      megabytes(memory?.rss),
      megabytes(memory?.peak),
    ]),
  );
}

function loadsOf(standings: readonly Standing[]): readonly Load[] {
  return [...new Map(standings.map((one) => [`${one.question} ${kindOf(one)}`, one])).values()];
}

function standingOf(
  standings: readonly Standing[],
  { question, variety, concurrency }: Load,
  name: Standing['contestant'],
): Standing | undefined {
  return standings.find(
    (one) =>
      one.contestant === name &&
      one.question === question &&
      one.variety === variety &&
      one.concurrency === concurrency,
  );
}

function titleOf(load: Load): string {
  return `${load.question} (${QUESTIONS[load.question].title}), ${kindOf(load)}`;
}

function kindOf({ variety, concurrency }: Load): string {
  return concurrency === 1 ? 'one at a time' : `${concurrency} at once, ${variety}`;
}

function millis(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'n/a' : value.toFixed(value < 10 ? 2 : 1);
}

function times(base: number | null, value: number | null): string {
  return base === null || !value ? 'n/a' : `${(base / value).toFixed(2)}x`;
}
