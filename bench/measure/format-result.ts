import type { BenchResult, OperationResult } from './result.js';
import { table } from './markdown-table.js';
import type { Measurement } from './measure.js';

const MEMORY_TARGET_MEGABYTES = 400;
const MEGABYTE = 1_024 * 1_024;

/** The result as a page of Markdown. */
export function formatResult(result: BenchResult): string {
  const { machine, products, operations } = result;
  const load = machine.load.map((value) => value.toFixed(2)).join(', ');
  return [
    `Commit ${machine.commit}, Node ${machine.node}, ${machine.system}, ${machine.cores} x ${machine.cpu}, ` +
      `${Math.round(machine.memoryBytes / MEGABYTE / 1_024)} GB; load average before: ${load}; ` +
      `${products} products; taken ${result.takenAt}.`,
    '### CPU milliseconds per operation',
    cpuTable(operations),
    '### Latency in milliseconds',
    latencyTable(operations),
    '### SQL statements per operation',
    statementTable(operations),
    '### Footprint of the one-process shop',
    footprintTable(result),
  ].join('\n\n');
}

function cpuTable(operations: readonly OperationResult[]): string {
  const header = [
    'operation',
    'at once',
    'Node',
    'target',
    'PostgreSQL',
    'floor: Node',
    'floor: PostgreSQL',
    'ratio: Node',
    'ratio: both',
  ];
  const rows = operations.flatMap(({ title, targetCpuMillis, comparisons }) =>
    comparisons.map(({ concurrency, shop, floor }) => [
      title,
      String(concurrency),
      millis(shop.serverCpuMillis),
      targetCpuMillis === null ? '' : `< ${targetCpuMillis}`,
      millis(shop.postgresCpuMillis),
      millis(floor.serverCpuMillis),
      millis(floor.postgresCpuMillis),
      ratio(shop.serverCpuMillis, floor.serverCpuMillis),
      ratio(bothOf(shop), bothOf(floor)),
    ]),
  );
  return table(header, rows);
}

function latencyTable(operations: readonly OperationResult[]): string {
  const header = [
    'operation',
    'at once',
    'p50',
    'p99',
    'per second',
    'floor: p50',
    'floor: p99',
    'ratio: p50',
  ];
  const rows = operations.flatMap(({ title, comparisons }) =>
    comparisons.map(({ concurrency, shop, floor }) => [
      title,
      String(concurrency),
      millis(shop.p50Millis),
      millis(shop.p99Millis),
      String(Math.round((shop.turns / shop.elapsedMillis) * 1_000)),
      millis(floor.p50Millis),
      millis(floor.p99Millis),
      ratio(shop.p50Millis, floor.p50Millis),
    ]),
  );
  return table(header, rows);
}

function statementTable(operations: readonly OperationResult[]): string {
  const rows = operations.map(({ title, answerBytes, statements }) => [
    title,
    statements.statements.toFixed(1),
    Object.entries(statements.byDatabase)
      .sort(([, one], [, other]) => other - one)
      .map(([name, count]) => `${name.replace(/^storegraph_/, '')} ${count.toFixed(1)}`)
      .join(', '),
    statements.transactionControl.toFixed(1),
    (answerBytes / 1_024).toFixed(1),
  ]);
  return table(['operation', 'statements', 'by database', 'BEGIN, COMMIT …', 'answer, kB'], rows);
}

function footprintTable({ memory, warmStartMillis }: BenchResult): string {
  const megabytes = (bytes: number | undefined) =>
    bytes === undefined ? 'n/a' : `${Math.round(bytes / MEGABYTE)} MB`;
  return table(
    ['what', 'measured', 'target'],
    [
      ['memory after the run (RSS)', megabytes(memory?.rss), `< ${MEMORY_TARGET_MEGABYTES} MB`],
      ['most memory at any time', megabytes(memory?.peak), ''],
      ['start with existing data, until ready', `${(warmStartMillis / 1_000).toFixed(1)} s`, ''],
    ],
  );
}

function bothOf({ serverCpuMillis, postgresCpuMillis }: Measurement): number | null {
  return serverCpuMillis === null || postgresCpuMillis === null ? null : serverCpuMillis + postgresCpuMillis;
}

function millis(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(value < 10 ? 2 : 1);
}

function ratio(value: number | null, floor: number | null): string {
  return value === null || floor === null || floor === 0 ? 'n/a' : `${(value / floor).toFixed(1)}x`;
}
