/** A text that is kept for a while, and what it speaks of. */
export interface KeptAnswer {
  readonly text: string;
  /** What it is forgotten with: `Product:prod_1`. */
  readonly tags: readonly string[];
  /** When it was read, in epoch milliseconds. */
  readonly storedAt: number;
  readonly maxAgeSeconds: number;
}

/** A point in the history of purges, one number for each place an answer may be kept in. */
export type Moment = readonly number[];

export interface LookUp {
  readonly kept: KeptAnswer | null;
  /** When the look-up was made: whoever now reads the answer hands it to `keep`. */
  readonly since: Moment;
}

/**
 * Keeps answers until their time is over or something they speak of changes. It may forget at any time, and never keeps
 * an answer that was being read while what it speaks of changed.
 */
export interface AnswerCache {
  /** Answers at once what this process holds, and later what has to be fetched. Never rejects. */
  find(key: string): LookUp | Promise<LookUp>;
  /** @returns whether it was kept: not when one of its tags was purged since the look-up */
  keep(key: string, answer: KeptAnswer, since: Moment): boolean | Promise<boolean>;
  /**
   * Forgets every answer with one of the tags. Nothing is found under them once it has resolved.
   *
   * @param cause names what happened: of several processes that purge a shared place for one cause, the first does
   * @throws when a shared place cannot be reached: it may hold what should be gone
   */
  purge(tags: readonly string[], cause: string): Promise<void>;
  /** Forgets everything. @throws as `purge` does */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** What is left of an answer's time. */
export function millisLeft({ storedAt, maxAgeSeconds }: KeptAnswer): number {
  return storedAt + maxAgeSeconds * 1_000 - Date.now();
}
