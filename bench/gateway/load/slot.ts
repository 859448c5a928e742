import type { QuestionName } from '../graph/questions.js';

/** `identical`: every request is the same. `distinct`: no two requests of the whole run are. */
export const VARIETIES = ['identical', 'distinct'] as const;
export type Variety = (typeof VARIETIES)[number];

/** One contestant under one load for a while. */
export type Slot = {
  readonly url: string;
  readonly question: QuestionName;
  readonly variety: Variety;
  readonly concurrency: number;
  readonly millis: number;
  /** The answer to every request of the slot: any other one fails the run. */
  readonly answer: string;
};

export type SlotResult = {
  readonly requests: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
};

export type FromLoadProcess =
  | { readonly kind: 'done'; readonly result: SlotResult }
  | { readonly kind: 'failed'; readonly reason: string };
