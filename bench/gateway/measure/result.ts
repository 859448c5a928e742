import type { Machine } from '../../measure/machine.js';
import type { Contestant, ContestantName } from '../contestants/contestant.js';
import type { QuestionName } from '../graph/questions.js';
import type { Variety } from '../load/slot.js';

/** A load everyone is put under. */
export type Load = {
  readonly question: QuestionName;
  readonly variety: Variety;
  readonly concurrency: number;
};

/** One turn of a contestant under a load. */
export type Turn = {
  readonly requests: number;
  /** CPU of the contestant and whatever it started, a request; null where the system does not tell. */
  readonly cpuMillis: number | null;
  readonly p50Millis: number;
  readonly p99Millis: number;
};

/** A contestant under a load: the medians of its turns, so that one disturbed turn decides nothing. */
export type Standing = Load &
  Turn & {
    readonly contestant: ContestantName;
    readonly answerBytes: number;
    readonly turns: readonly Turn[];
  };

export type ContestantResult = Pick<Contestant, 'name' | 'title' | 'subgraphs'> & {
  readonly memory: { readonly rss: number; readonly peak: number } | null;
};

/** All a run found out. */
export type GatewayBenchResult = {
  readonly takenAt: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly seconds: number;
  readonly contestants: readonly ContestantResult[];
  readonly standings: readonly Standing[];
};
