import { SlowSubscriber } from './errors.js';
import type { LiveSubscription } from './pubsub.js';

/** What a transport does when the first reader of a topic comes and the last one leaves. */
export interface TopicUpstream {
  open(topic: string): Promise<void>;
  close(topic: string): void;
}

/** The readers of every topic in this process, each behind its own bounded queue. */
export class LiveTopics {
  readonly #topics = new Map<string, { readers: Set<Reader>; ready: Promise<void> }>();

  constructor(
    private readonly queueLimit: number,
    private readonly upstream: TopicUpstream,
  ) {}

  deliver(topic: string, payload: unknown): void {
    for (const reader of this.#topics.get(topic)?.readers ?? []) reader.push(payload);
  }

  subscribe<Payload>(topic: string): LiveSubscription<Payload> {
    const entry = this.#topics.get(topic) ?? this.#open(topic);
    const reader = new Reader(topic, this.queueLimit, () => this.#leave(topic, reader));
    entry.readers.add(reader);
    return reader.iterate<Payload>(entry.ready);
  }

  endAll(): void {
    for (const { readers } of [...this.#topics.values()]) for (const reader of [...readers]) reader.end();
  }

  #open(topic: string): { readers: Set<Reader>; ready: Promise<void> } {
    const ready = this.upstream.open(topic);
    // Who does not await `ready` must not crash the process when the upstream closes first.
    ready.catch(() => undefined);
    const entry = { readers: new Set<Reader>(), ready };
    this.#topics.set(topic, entry);
    return entry;
  }

  #leave(topic: string, reader: Reader): void {
    const entry = this.#topics.get(topic);
    if (!entry?.readers.delete(reader) || entry.readers.size > 0) return;
    this.#topics.delete(topic);
    this.upstream.close(topic);
  }
}

interface Waiting {
  resolve(result: IteratorResult<unknown, undefined>): void;
  reject(error: Error): void;
}

const DONE = { done: true, value: undefined } as const;

class Reader {
  #queue: unknown[] = [];
  #waiting: Waiting[] = [];
  #failure: SlowSubscriber | undefined;
  #ended = false;

  constructor(
    private readonly topic: string,
    private readonly queueLimit: number,
    private readonly leave: () => void,
  ) {}

  push(payload: unknown): void {
    if (this.#ended) return;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve({ done: false, value: payload });
    else if (this.#queue.length < this.queueLimit) this.#queue.push(payload);
    else {
      this.#failure = new SlowSubscriber(this.topic, this.queueLimit);
      this.end();
    }
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#queue = [];
    for (const waiting of this.#waiting.splice(0)) waiting.resolve(DONE);
    this.leave();
  }

  iterate<Payload>(ready: Promise<void>): LiveSubscription<Payload> {
    const iterator: LiveSubscription<Payload> = {
      ready,
      next: () => this.#next() as Promise<IteratorResult<Payload, undefined>>,
      return: () => {
        this.end();
        return Promise.resolve(DONE);
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  #next(): Promise<IteratorResult<unknown, undefined>> {
    if (this.#queue.length > 0) return Promise.resolve({ done: false, value: this.#queue.shift() });
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = undefined;
      return Promise.reject(failure);
    }
    if (this.#ended) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }
}
