import type { OperationName } from '../operations/operation.js';

/** What the load process is told to do. */
export type LoadJob = {
  readonly operation: OperationName;
  readonly side: 'shop' | 'floor';
  readonly url: string;
  /** A JSON file with the turns, taken one after the other, again and again. */
  readonly inputsFile: string;
  /** The turn to begin with: turns that count something up are not taken twice as often as others. */
  readonly firstTurn: number;
  readonly concurrency: number;
  readonly warmUpTurns: number;
  readonly turns: number;
  readonly seconds: number;
};

/** What came of it. */
export type LoadResult = {
  readonly turns: number;
  readonly elapsedMillis: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
};

export type ToLoadProcess = { readonly kind: 'prepare'; readonly job: LoadJob } | { readonly kind: 'go' };

export type FromLoadProcess =
  | { readonly kind: 'warm' }
  | { readonly kind: 'done'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly reason: string };
