import { LiveTopics } from './live-topics.js';
import { DEFAULT_QUEUE_LIMIT } from './pubsub.js';
import type { PubSub } from './pubsub.js';

/** Live messages within this process. Readers of a topic share the payload object: treat it as read-only. */
export function createInProcessPubSub({ queueLimit = DEFAULT_QUEUE_LIMIT } = {}): PubSub {
  const topics = new LiveTopics(queueLimit, { open: () => Promise.resolve(), close: () => undefined });
  return {
    publish(topic, payload) {
      topics.deliver(topic, payload);
      return Promise.resolve();
    },
    subscribe: (topic) => topics.subscribe(topic),
    watchConnection: () => () => undefined,
    close() {
      topics.endAll();
      return Promise.resolve();
    },
  };
}
