import type { OperationName } from '../operations/operation.js';
import type { StatementCount } from './count-statements.js';
import type { Machine } from './machine.js';
import type { Measurement } from './measure.js';

/** One operation beside its floor, at one concurrency. */
export type Comparison = {
  readonly concurrency: number;
  readonly shop: Measurement;
  readonly floor: Measurement;
};

export type OperationResult = {
  readonly name: OperationName;
  readonly title: string;
  readonly targetCpuMillis: number | null;
  readonly answerBytes: number;
  readonly statements: StatementCount;
  readonly comparisons: readonly Comparison[];
};

/** All a run found out. */
export type BenchResult = {
  readonly takenAt: string;
  readonly machine: Machine;
  readonly products: number;
  readonly operations: readonly OperationResult[];
  readonly warmStartMillis: number;
  readonly memory: { readonly rss: number; readonly peak: number } | null;
};
