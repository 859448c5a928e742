import { connectRedis } from '@storegraph/events';

/** Removes what a run left in a Redis it shares: the keys under a prefix of its own. */
export async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = connectRedis(redisUrl, { enableOfflineQueue: true });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 }))
      if ((keys as string[]).length > 0) await redis.unlink(...(keys as string[]));
  } finally {
    redis.disconnect();
  }
}
