import { createLogger } from '@storegraph/observability';
import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';

const LONGEST_RECONNECT_MILLIS = 1_000;
const COMMAND_TIMEOUT_MILLIS = 5_000;

/** Every transport over Redis takes these. */
export interface RedisTransportOptions {
  redisUrl: string;
  /** Put before every key and channel. @default 'storegraph' */
  prefix?: string;
}

export const DEFAULT_PREFIX = 'storegraph';

/**
 * A connection that returns within about a second of Redis and fails at once while Redis is away: callers have
 * better ways to wait than a queue in memory.
 */
export function connectRedis(redisUrl: string, options: RedisOptions = {}): Redis {
  const log = createLogger('redis');
  const redis = new Redis(redisUrl, {
    protocol: 2, // one reply shape for every Redis from 6.2
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MILLIS,
    connectTimeout: COMMAND_TIMEOUT_MILLIS,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_RECONNECT_MILLIS),
    ...options,
  });
  let isLost = false;
  redis.on('error', (err: Error) => {
    if (!isLost) log.warn({ err }, 'the connection to Redis was lost');
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) log.info('connected to Redis again');
    isLost = false;
  });
  return redis;
}

/** Resolves when commands can be sent. Rejects when the connection was closed on purpose. */
export function whenReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve();
  if (redis.status === 'end') return Promise.reject(new Error('The connection to Redis is closed'));
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => () => {
      redis.off('ready', onReady);
      redis.off('end', onEnd);
      finish();
    };
    const onReady = settle(resolve);
    const onEnd = settle(() => reject(new Error('The connection to Redis is closed')));
    redis.on('ready', onReady);
    redis.on('end', onEnd);
  });
}

/**
 * Resolves once the first attempt to connect has succeeded or failed. Awaited before the first command, it keeps
 * a process that has just started from failing, and later outages from piling up waiting callers.
 */
export function firstAttempt(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    redis.once('ready', resolve);
    redis.once('close', resolve);
  });
}
