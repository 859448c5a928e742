/** What goes wrong, how often. Shares are 0 to 1. */
export interface FaultPlan {
  /** Requests that are carried out and whose connection is then reset. @default 0 */
  loseAnswersShare: number;
  /** Requests answered with 500: half of them carried out, half not, as a caller cannot know either. @default 0 */
  serverErrorShare: number;
  /** Every answer waits this long. @default 0 */
  latencyMillis: number;
  /** Requests whose webhooks are tried once before the answer leaves. @default 0 */
  webhooksFirstShare: number;
  /** Every delivery waits a random time in this range; a wide one shuffles the order. @default { min: 0, max: 0 } */
  webhookDelayMillis: { min: number; max: number };
  /** How often each event is delivered. @default 1 */
  webhookCopies: number;
}

const NO_FAULTS: FaultPlan = {
  loseAnswersShare: 0,
  serverErrorShare: 0,
  latencyMillis: 0,
  webhooksFirstShare: 0,
  webhookDelayMillis: { min: 0, max: 0 },
  webhookCopies: 1,
};

/** The fate of one request. */
export type Fate = 'answered' | 'answer-lost' | 'failed-before' | 'failed-after';

/**
 * Faults under a test's control, drawn from seeded randomness: print `seed` and pass it again to repeat a run
 * (exactly, as long as requests arrive in the same order).
 */
export class Faults {
  readonly #random: () => number;
  #plan: FaultPlan;

  constructor(
    readonly seed: number,
    plan: Partial<FaultPlan> = {},
  ) {
    this.#random = mulberry32(seed);
    this.#plan = { ...NO_FAULTS, ...plan };
  }

  get plan(): Readonly<FaultPlan> {
    return this.#plan;
  }

  /** Changes the named faults and leaves the others. */
  set(plan: Partial<FaultPlan>): void {
    this.#plan = { ...this.#plan, ...plan };
  }

  clear(): void {
    this.#plan = NO_FAULTS;
  }

  /** @internal */
  drawFate(): Fate {
    const { loseAnswersShare, serverErrorShare } = this.#plan;
    const drawn = this.#random();
    if (drawn < loseAnswersShare) return 'answer-lost';
    if (drawn >= loseAnswersShare + serverErrorShare) return 'answered';
    return this.#random() < 0.5 ? 'failed-before' : 'failed-after';
  }

  /** @internal */
  drawWebhooksFirst(): boolean {
    return this.#plan.webhooksFirstShare > 0 && this.#random() < this.#plan.webhooksFirstShare;
  }

  /** @internal */
  drawWebhookDelayMillis(): number {
    const { min, max } = this.#plan.webhookDelayMillis;
    return max === 0 ? 0 : min + this.#random() * (max - min);
  }
}

/** Mulberry32 by Tommy Ettinger (public domain): small, seeded, good enough to choose victims. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
