import { createInProcessCache } from './cache.js';
import type { Cache } from './cache.js';
import type { EventBus } from './event-bus.js';
import { createInProcessBus } from './in-process-bus.js';
import { createInProcessPubSub } from './in-process-pubsub.js';
import type { PubSub } from './pubsub.js';
import { createRedisCache } from './redis-cache.js';
import { createRedisPubSub } from './redis-pubsub.js';
import { createRedisStreamsBus } from './redis-streams-bus.js';

export interface Messaging {
  bus: EventBus;
  pubsub: PubSub;
  cache: Cache;
  /** Close after relays and consumers have stopped. */
  close(): Promise<void>;
}

export interface MessagingOptions {
  /** Absent: everything stays in this process. */
  redisUrl?: string;
  /** Put before every Redis key and channel. @default 'storegraph' */
  prefix?: string;
  /** In process only: the domains that must be listening before any event leaves its outbox. */
  domains?: readonly string[];
}

/** The transports one process shares, over Redis when there is one. Nothing waits for Redis to be up. */
export function connectMessaging({ redisUrl, prefix, domains }: MessagingOptions = {}): Messaging {
  const transports = redisUrl
    ? overRedis({ redisUrl, prefix })
    : {
        bus: createInProcessBus({ domains }),
        pubsub: createInProcessPubSub(),
        cache: createInProcessCache(),
      };
  return {
    ...transports,
    async close() {
      await transports.bus.close();
      await Promise.all([transports.pubsub.close(), transports.cache.close()]);
    },
  };
}

function overRedis(options: { redisUrl: string; prefix?: string }): Omit<Messaging, 'close'> {
  return {
    bus: createRedisStreamsBus(options),
    pubsub: createRedisPubSub(options),
    cache: createRedisCache(options),
  };
}
