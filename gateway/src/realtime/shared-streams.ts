import type { GraphQLError } from 'graphql';

/** Who listens to a stream; an object of its own for each time it does. */
export type Listener<Event> = {
  next(event: Event): void;
  /** Nothing more comes; with errors, because the stream broke. Called at most once. */
  end(errors?: readonly GraphQLError[]): void;
};

/** Starts to listen. What it returns leaves: nothing is heard afterwards. */
export type Source<Event> = (listener: Listener<Event>) => () => void;

export type SharedStreams<Event> = {
  /**
   * Listens to the stream of that key: the one that others listen to already, or a new one.
   *
   * @param stream.isNews whether a listener may come at any time. Otherwise what was said is not said again, so only
   *   those who come before the first event hear what the first of them hears.
   */
  listen(
    key: string,
    stream: { source: Source<Event>; isNews: boolean },
    listener: Listener<Event>,
  ): () => void;
  /** How many streams are open. */
  readonly size: number;
};

/** Lets listeners who want the same hear the same: a source is opened for the first and left after the last. */
export function createSharedStreams<Event>(): SharedStreams<Event> {
  const open = new Set<Stream<Event>>();
  const joinable = new Map<string, Stream<Event>>();
  return {
    listen(key, { source, isNews }, listener) {
      const known = joinable.get(key);
      if (known && (isNews || !known.hasSpoken)) return known.add(listener);
      const stream = new Stream<Event>(() => {
        open.delete(stream);
        if (joinable.get(key) === stream) joinable.delete(key);
      });
      open.add(stream);
      joinable.set(key, stream);
      const leave = stream.add(listener);
      stream.open(source);
      return leave;
    },
    get size() {
      return open.size;
    },
  };
}

class Stream<Event> implements Listener<Event> {
  readonly #listeners = new Set<Listener<Event>>();
  #leave: (() => void) | null = null;
  #isOver = false;
  hasSpoken = false;

  constructor(private readonly onOver: () => void) {}

  open(source: Source<Event>): void {
    const leave = source(this);
    if (this.#isOver) leave();
    else this.#leave = leave;
  }

  add(listener: Listener<Event>): () => void {
    this.#listeners.add(listener);
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#close();
    };
  }

  next(event: Event): void {
    this.hasSpoken = true;
    for (const listener of this.#listeners) listener.next(event);
  }

  end(errors?: readonly GraphQLError[]): void {
    if (this.#isOver) return;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    this.#close();
    for (const listener of listeners) listener.end(errors);
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.onOver();
    this.#leave?.();
  }
}
