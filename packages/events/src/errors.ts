/**
 * An event whose data does not satisfy its contract. Thrown where it is built (nothing is written yet) and where
 * it is received (the delivery ends in the dead letters at once: trying again cannot help).
 */
export class InvalidEvent extends Error {
  readonly code = 'INVALID_EVENT';

  constructor(
    readonly eventType: string,
    options: { cause: unknown },
  ) {
    super(`The data of ${eventType} does not satisfy its contract`, options);
    this.name = 'InvalidEvent';
  }
}

/**
 * Thrown to the reader of a live topic who fell too far behind: its queue has been dropped, so the reader has
 * missed messages and must start again from the durable state.
 */
export class SlowSubscriber extends Error {
  readonly code = 'SLOW_SUBSCRIBER';

  constructor(
    readonly topic: string,
    readonly queueLimit: number,
  ) {
    super(`More than ${queueLimit} messages of ${topic} waited for a reader`);
    this.name = 'SlowSubscriber';
  }
}

/**
 * The in-process bus refuses an event while a domain it must reach is not listening. Nothing was marked
 * published; the relay offers the event again.
 */
export class ConsumerAway extends Error {
  readonly code = 'CONSUMER_AWAY';

  constructor(readonly domains: readonly string[]) {
    super(`Not listening: ${domains.join(', ')}`);
    this.name = 'ConsumerAway';
  }
}
