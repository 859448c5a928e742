import { connectRedis, DEFAULT_PREFIX } from '@storegraph/events';
import { createAllowance } from './allowance.js';
import type { Allowances } from './guard.js';
import { SPENDER_KINDS, type SpenderKind } from './spender.js';

/** How much may be asked of the shop, and how fast. */
export type RateLimits = {
  /** Points are back after so long. @default 60 // one minute */
  readonly windowSeconds: number;
  /** Points of cost per window, by who asks. */
  readonly points: Readonly<Record<SpenderKind, number>>;
  /** Attempts with credentials per window, from one network. @default 300 */
  readonly attempts: number;
  /** Where all processes count together. Each counts for itself without it, and while it is away. */
  readonly redisUrl?: string | undefined;
  /** @default 'storegraph' */
  readonly redisPrefix?: string | undefined;
};

/** Some thousand pages a minute for one network of guests; enough to stop a flood, too much for people to meet. */
export const DEFAULT_RATE_LIMITS = {
  windowSeconds: 60,
  points: {
    anonymous: 200_000,
    user: 200_000,
    seller: 400_000,
    staff: 1_000_000,
    apiKey: 5_000_000,
    service: 5_000_000,
  },
  attempts: 300,
} as const satisfies RateLimits;

/** A Redis that does not answer within this is away: the counts in this process do meanwhile. */
const REDIS_ANSWERS_WITHIN_MILLIS = 200;

/** The allowances, over Redis when there is one. Nothing waits for Redis to be up. */
export function openAllowances(limits: RateLimits): Allowances & { close(): void } {
  const { windowSeconds, redisUrl, redisPrefix = DEFAULT_PREFIX } = limits;
  const redis = redisUrl ? connectRedis(redisUrl, { commandTimeout: REDIS_ANSWERS_WITHIN_MILLIS }) : null;
  const allowance = (policy: string, points: number) =>
    createAllowance({ policy, points, windowSeconds, redis, keyPrefix: `${redisPrefix}:allowance` });
  const byKind = SPENDER_KINDS.map((kind) => [kind, allowance(kind, limits.points[kind])] as const);
  return {
    points: Object.fromEntries(byKind) as Allowances['points'],
    attempts: allowance('attempts', limits.attempts),
    close: () => redis?.disconnect(),
  };
}
