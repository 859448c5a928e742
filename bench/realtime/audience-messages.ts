import type { PlacedOrder } from '../operations/guest.js';

/** What the process of the subscribers is told. */
export type ToAudience =
  | {
      readonly kind: 'seat';
      readonly url: string;
      readonly orders: readonly PlacedOrder[];
      readonly subscribers: number;
    }
  /** Report when so many events have come. */
  | { readonly kind: 'expect'; readonly events: number };

/** What it answers. */
export type FromAudience =
  | { readonly kind: 'seated' }
  | { readonly kind: 'heard'; readonly heard: Heard }
  | { readonly kind: 'failed'; readonly reason: string };

/** What the subscribers heard, in milliseconds from the moment an entry was written, before its commit. */
export type Heard = {
  readonly events: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
  readonly maxMillis: number;
  readonly elapsedMillis: number;
};
