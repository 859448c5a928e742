import type { Logger } from '@storegraph/observability';
import type { LiveSubscription, PubSub } from './pubsub.js';

/** What has come since it was read last. */
export interface Reading<Value> {
  news: readonly Value[];
  /** Whether nothing more will come after them. */
  isOver: boolean;
}

export interface Followed<Value> {
  pubsub: PubSub;
  /** Where it is told that there may be something to read; what is told does not matter. */
  topic: string;
  log: Logger;
  /** Reads what has come; called again once all of it has been taken. */
  read(): Promise<Reading<Value>>;
}

const LOOK_ANYWAY_MILLIS = 5_000; // five seconds

const DONE = { done: true, value: undefined } as const;

/**
 * What is written somewhere durable, as it is written. A live message only says that there is something to read, so one
 * that is lost costs five seconds and one that comes twice costs nothing. So that nothing falls in between, it is read
 * again whenever listening begins: nobody waits for a transport that is away. Listens from now on, even before the
 * first `next()`.
 */
export function follow<Value>(followed: Followed<Value>): AsyncIterableIterator<Value, undefined> {
  return new Follower(followed);
}

/** An explicit iterator: `return()` answers at once, even while `next()` waits for something to happen. */
class Follower<Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #wakeUps: LiveSubscription<unknown>;
  readonly #stopWatching: () => void;
  readonly #unseen: Value[] = [];
  #isOver = false;
  #hasEnded = false;
  #isWoken = false;
  #wake: () => void = () => undefined;

  constructor(private readonly followed: Followed<Value>) {
    this.#wakeUps = followed.pubsub.subscribe(followed.topic);
    void this.#listen();
    this.#wakeUps.ready.then(
      () => this.#rouse(),
      () => undefined,
    );
    // What was said while nobody could hear it has been written.
    this.#stopWatching = followed.pubsub.watchConnection((isHeard) => {
      if (isHeard) this.#rouse();
    });
  }

  async next(): Promise<IteratorResult<Value, undefined>> {
    while (!this.#hasEnded) {
      if (this.#unseen.length > 0) return { done: false, value: this.#unseen.shift() as Value };
      if (this.#isOver) return this.return();
      this.#isWoken = false;
      const { news, isOver } = await this.followed.read();
      this.#unseen.push(...news);
      this.#isOver = isOver;
      if (news.length === 0 && !isOver) await this.#sleep();
    }
    return DONE;
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.#hasEnded = true;
    this.#stopWatching();
    this.#wake();
    await this.#wakeUps.return();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Wake-ups are read as they come, so that they never pile up behind a slow reader. */
  async #listen(): Promise<void> {
    const { log, topic } = this.followed;
    try {
      while (!this.#hasEnded) {
        const step = await this.#wakeUps.next();
        if (step.done) return;
        this.#rouse();
      }
    } catch (error) {
      log.warn({ err: error, topic }, 'live news are away');
    }
  }

  #rouse(): void {
    this.#isWoken = true;
    this.#wake();
  }

  #sleep(): Promise<void> {
    if (this.#isWoken || this.#hasEnded) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_ANYWAY_MILLIS);
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
