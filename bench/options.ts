import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OPERATION_NAMES, type OperationName } from './operations/operation.js';

/** What a run of the benchmark is asked to do. */
export type Options = {
  readonly only: readonly OperationName[];
  /** How many products the shop has. */
  readonly products: number;
  /** How many requests are measured at most, for each operation and concurrency … */
  readonly requests: number;
  /** … and for how long at most. */
  readonly seconds: number;
  /** Where the whole result goes as JSON. */
  readonly json: string | null;
  /** Where CPU profiles go; absent, nothing is profiled. */
  readonly profile: string | null;
  /** A data folder to use and keep; absent, a temporary one. */
  readonly data: string | null;
};

/** @throws {TypeError} for a flag or a value nobody knows */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      products: { type: 'string', default: '2000' },
      requests: { type: 'string', default: '1500' },
      seconds: { type: 'string', default: '10' },
      json: { type: 'string' },
      profile: { type: 'string' },
      data: { type: 'string' },
    },
  });
  return {
    only: values.only ? values.only.split(',').map(operationName) : OPERATION_NAMES,
    products: positive('products', values.products),
    requests: positive('requests', values.requests),
    seconds: positive('seconds', values.seconds),
    json: values.json ? resolve(values.json) : null,
    profile: values.profile ? resolve(values.profile) : null,
    data: values.data ? resolve(values.data) : null,
  };
}

function operationName(text: string): OperationName {
  const name = OPERATION_NAMES.find((one) => one === text);
  if (!name) throw new TypeError(`--only: "${text}" is none of ${OPERATION_NAMES.join(', ')}`);
  return name;
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new TypeError(`--${flag}: expected a whole number above 0`);
  return value;
}
