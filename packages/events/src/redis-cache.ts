import type { Cache } from './cache.js';
import { connectRedis, DEFAULT_PREFIX, firstAttempt } from './redis-connection.js';
import type { RedisTransportOptions } from './redis-connection.js';

/** A cache shared by all processes. While Redis is away every read misses and writes are dropped. */
export function createRedisCache({ redisUrl, prefix = DEFAULT_PREFIX }: RedisTransportOptions): Cache {
  const redis = connectRedis(redisUrl);
  const attempted = firstAttempt(redis);
  const keyOf = (key: string): string => `${prefix}:cache:${key}`;
  return {
    async get<Value>(key: string) {
      await attempted;
      const json = await redis.get(keyOf(key)).catch(() => null);
      return json === null ? undefined : (JSON.parse(json) as Value);
    },
    async set(key, value, ttlSeconds) {
      await attempted;
      const ttlMillis = Math.max(1, Math.round(ttlSeconds * 1_000));
      await redis.set(keyOf(key), JSON.stringify(value), 'PX', ttlMillis).catch(() => undefined);
    },
    async delete(key) {
      await attempted;
      await redis.del(keyOf(key)).catch(() => undefined);
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}
