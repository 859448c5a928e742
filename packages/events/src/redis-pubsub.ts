import { LiveTopics } from './live-topics.js';
import { DEFAULT_QUEUE_LIMIT } from './pubsub.js';
import type { PubSub } from './pubsub.js';
import { connectRedis, DEFAULT_PREFIX, firstAttempt } from './redis-connection.js';
import type { RedisTransportOptions } from './redis-connection.js';

/**
 * Live messages between processes: one Redis channel per topic, subscribed once per process while somebody reads
 * it. After a Redis restart the channels are subscribed again; messages sent meanwhile are gone.
 */
export function createRedisPubSub(options: RedisTransportOptions & { queueLimit?: number }): PubSub {
  const { redisUrl, prefix = DEFAULT_PREFIX, queueLimit = DEFAULT_QUEUE_LIMIT } = options;
  const channelPrefix = `${prefix}:live:`;
  const publisher = connectRedis(redisUrl);
  const attempted = firstAttempt(publisher);
  // SUBSCRIBE waits for Redis instead of failing, as long as it takes; `ready` tells the reader.
  const listener = connectRedis(redisUrl, {
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    commandTimeout: undefined,
    autoResubscribe: true,
  });

  const topics = new LiveTopics(queueLimit, {
    async open(topic) {
      await listener.subscribe(channelPrefix + topic);
    },
    close(topic) {
      // A lost connection has no subscriptions left to cancel.
      listener.unsubscribe(channelPrefix + topic).catch(() => undefined);
    },
  });
  listener.on('message', (channel: string, message: string) => {
    topics.deliver(channel.slice(channelPrefix.length), JSON.parse(message) as unknown);
  });

  const watchers = new Set<(isHeard: boolean) => void>();
  const tell = (isHeard: boolean) => {
    for (const watcher of watchers) watcher(isHeard);
  };
  listener.on('close', () => tell(false));
  listener.on('ready', () => {
    // Answered after the channels have been subscribed again: commands keep their order.
    listener.ping().then(
      () => tell(true),
      () => undefined,
    );
  });

  return {
    async publish(topic, payload) {
      await attempted;
      await publisher.publish(channelPrefix + topic, JSON.stringify(payload));
    },
    subscribe: (topic) => topics.subscribe(topic),
    watchConnection(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    close() {
      watchers.clear();
      topics.endAll();
      publisher.disconnect();
      listener.disconnect();
      return Promise.resolve();
    },
  };
}
