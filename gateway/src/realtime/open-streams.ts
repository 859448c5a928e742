import { refusal } from '@storegraph/subgraph-server';
import type { Spender } from '../limits/spender.js';
import type { EventStream } from './event-stream.js';

/** The event streams that are open, and how many of them each client has. */
export class OpenStreams implements Iterable<EventStream> {
  readonly #streams = new Set<EventStream>();
  readonly #counts = new Map<string, number>();

  constructor(private readonly perClient: number) {}

  /**
   * Keeps the stream until it closes.
   *
   * @throws {GraphQLError} `RATE_LIMITED` (429) when the client has as many as it may
   */
  open({ key }: Spender, stream: EventStream): void {
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.perClient)
      throw refusal('RATE_LIMITED', `A client has at most ${this.perClient} event streams at a time.`);
    this.#counts.set(key, count + 1);
    this.#streams.add(stream);
    stream.once('close', () => {
      this.#streams.delete(stream);
      this.#leave(key);
    });
  }

  [Symbol.iterator](): Iterator<EventStream> {
    return this.#streams.values();
  }

  #leave(key: string): void {
    const count = (this.#counts.get(key) ?? 0) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}
