/**
 * Live messages to whoever listens now; nothing is kept and a message may come twice. Payloads are JSON values.
 */
export interface PubSub {
  /** Resolves when handed over; rejects when the transport is away, and the message is gone. */
  publish(topic: string, payload: unknown): Promise<void>;
  /**
   * An explicit iterator, so that `return()` answers at once even while `next()` waits. `next()` rejects with
   * `SlowSubscriber` once more than the queue limit waits unread; the iterator has then ended.
   */
  subscribe<Payload = unknown>(topic: string): LiveSubscription<Payload>;
  /**
   * Says when messages cannot be heard (`false`) and when they can again (`true`). What was sent in between is lost:
   * whoever keeps what messages would have changed lets go of it.
   *
   * @returns ends the calls
   */
  watchConnection(listener: (isHeard: boolean) => void): () => void;
  close(): Promise<void>;
}

export interface LiveSubscription<Payload> extends AsyncIterableIterator<Payload> {
  /** Resolves when every later `publish` will be seen: read the durable state after it, and no gap remains. */
  readonly ready: Promise<void>;
  next(): Promise<IteratorResult<Payload, undefined>>;
  return(): Promise<IteratorResult<Payload, undefined>>;
}

/** Messages one subscriber may leave unread. */
export const DEFAULT_QUEUE_LIMIT = 256;

/** The topic on which the relay announces an event. */
export function eventTopic(type: string, aggregateId: string): string {
  return `${type}:${aggregateId}`;
}
