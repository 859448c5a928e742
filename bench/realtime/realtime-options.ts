import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What a run is asked to do. */
export type RealtimeOptions = {
  /** How many people listen, each on a socket of their own. */
  readonly subscribers: number;
  /** How many orders they listen to: so many subscriptions reach the subgraph. */
  readonly orders: number;
  /** How many orders are moved in a second … */
  readonly rate: number;
  /** … and for how long. */
  readonly seconds: number;
  readonly products: number;
  /** A data folder to use and keep; absent, a temporary one. */
  readonly data: string | null;
  /** Where a CPU profile of the shop goes; absent, nothing is profiled. */
  readonly profile: string | null;
};

/** @throws {TypeError} for a flag or a value nobody knows */
export function readRealtimeOptions(args: readonly string[]): RealtimeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '2000' },
      orders: { type: 'string', default: '200' },
      rate: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '15' },
      products: { type: 'string', default: '100' },
      data: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const count = (flag: 'subscribers' | 'orders' | 'rate' | 'seconds' | 'products'): number => {
    const value = Number(values[flag]);
    if (!Number.isInteger(value) || value < 1)
      throw new TypeError(`--${flag}: expected a whole number above 0`);
    return value;
  };
  return {
    subscribers: count('subscribers'),
    orders: count('orders'),
    rate: count('rate'),
    seconds: count('seconds'),
    products: count('products'),
    data: values.data ? resolve(values.data) : null,
    profile: values.profile ? resolve(values.profile) : null,
  };
}
