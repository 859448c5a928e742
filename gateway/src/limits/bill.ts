import type { Spent } from './allowance.js';
import type { Spender } from './spender.js';

/** What an operation costs whom: opened with its context, filled in as it is admitted. */
export type Bill = {
  readonly spender: Spender;
  /** What the operation may cost at most, in points. `null` before it is known, and where nothing has a price. */
  cost: number | null;
  /** What it may cost at most for this spender. */
  budget: number | null;
  /** Resolves to what is left; `null` until it is charged, and where nobody counts. */
  charge: Promise<Spent> | null;
  spent: Spent | null;
};

export function openBill(spender: Spender): Bill {
  return { spender, cost: null, budget: null, charge: null, spent: null };
}

/** `extensions.cost` of an answer. */
export type ShownBill = {
  readonly requested: number;
  readonly budget: number;
  /** What is left of the allowance, and until when; absent where nobody counts. */
  readonly remaining?: number;
  readonly resetSeconds?: number;
};

export function showBill({ cost, budget, spent }: Bill): ShownBill | null {
  if (cost === null || budget === null) return null;
  if (!spent) return { requested: cost, budget };
  return { requested: cost, budget, remaining: spent.remaining, resetSeconds: secondsOf(spent.resetMillis) };
}

/** Rounded up: whoever waits so long has waited long enough. */
export function secondsOf(millis: number): number {
  return Math.max(1, Math.ceil(millis / 1_000));
}
