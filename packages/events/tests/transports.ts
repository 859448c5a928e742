import { randomUUID } from 'node:crypto';
import { removeKeys } from '@storegraph/testkit';
import { Redis } from 'ioredis';
import { connectMessaging } from '../src/index.js';
import type { Messaging } from '../src/index.js';

export const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** Without Redis its tests are skipped with a word about it, except in CI, where it must be there. */
export const hasRedis = await isRedisUp();
if (!hasRedis && process.env.CI === 'true') throw new Error(`CI needs Redis at ${REDIS_URL}`);
if (!hasRedis) process.stderr.write(`Skipping what needs Redis: nothing answers at ${REDIS_URL}\n`);

export interface Transport {
  name: string;
  isAvailable: boolean;
  /** `processes` that share messages; over Redis each has connections of its own. */
  open(processes: number): Promise<{ messaging: Messaging[]; close(): Promise<void> }>;
}

export const transports: Transport[] = [
  {
    name: 'in process',
    isAvailable: true,
    open(processes) {
      const messaging = connectMessaging();
      return Promise.resolve({
        messaging: Array.from({ length: processes }, () => messaging),
        close: () => messaging.close(),
      });
    },
  },
  {
    name: 'over Redis',
    isAvailable: hasRedis,
    open(processes) {
      const prefix = uniquePrefix();
      const messaging = Array.from({ length: processes }, () =>
        connectMessaging({ redisUrl: REDIS_URL, prefix }),
      );
      return Promise.resolve({
        messaging,
        async close() {
          await Promise.all(messaging.map((each) => each.close()));
          await removeKeys(REDIS_URL, prefix);
        },
      });
    },
  },
];

export function uniquePrefix(): string {
  return `test-${randomUUID()}`;
}

async function isRedisUp(): Promise<boolean> {
  const redis = new Redis(REDIS_URL, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
