import type { Machine } from '../measure/machine.js';
import type { Heard } from './audience-messages.js';

export type RealtimeResult = {
  readonly machine: Machine;
  readonly subscribers: number;
  readonly orders: number;
  readonly rate: number;
  /** How many times an order was moved. */
  readonly moved: number;
  readonly heard: Heard;
  /** Of the shop's process, everything it did while orders were moved. */
  readonly cpuMillis: number;
  readonly bytesPerSubscriber: number;
};

export function formatRealtime(result: RealtimeResult): string {
  const { machine, subscribers, orders, moved, heard, cpuMillis, bytesPerSubscriber } = result;
  const rows: [what: string, value: string][] = [
    ['subscribers, a socket each', String(subscribers)],
    ['orders they follow', String(orders)],
    ['moves, each a transaction', `${moved}, ${result.rate} a second`],
    ['events delivered, complete and in order', String(heard.events)],
    ['commit to client, p50', `${heard.p50Millis} ms`],
    ['commit to client, p99', `${heard.p99Millis} ms`],
    ['commit to client, slowest', `${heard.maxMillis} ms`],
    ['CPU of the whole shop for each move', `${(cpuMillis / moved).toFixed(1)} ms`],
    ['CPU of the whole shop for each event delivered', `${(cpuMillis / heard.events).toFixed(2)} ms`],
    ['memory of an idle subscriber', `${(bytesPerSubscriber / 1_024).toFixed(1)} KiB`],
  ];
  const load = machine.load.map((one) => one.toFixed(1)).join(' ');
  return [
    `${machine.commit}, Node ${machine.node}, ${machine.cores} cores, load ${load}`,
    '',
    '| live news | |',
    '| --- | --- |',
    ...rows.map(([what, value]) => `| ${what} | ${value} |`),
  ].join('\n');
}
