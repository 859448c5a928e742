import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { connectRedis } from '@storegraph/events';

type Redis = ReturnType<typeof connectRedis>;

/** What is left after spending. */
export type Spent = {
  /** Whose allowance it is: the name of a policy in `RateLimit-Policy`. */
  readonly policy: string;
  readonly isAllowed: boolean;
  /** Points per window. */
  readonly limit: number;
  readonly remaining: number;
  readonly windowSeconds: number;
  /** Until the window ends. */
  readonly resetMillis: number;
};

/** So many points per window for each key. */
export type Allowance = {
  /** Takes points, more than are left too; they are back when the window ends. Never rejects. */
  spend(key: string, points: number): Promise<Spent>;
  /** What is left, without asking anybody: only of keys this process refused before. */
  refused(key: string): Spent | null;
  /** What is left, without taking any. */
  left(key: string): Promise<Spent>;
};

/** Redis is believed to be away for so long after it failed: nobody waits for it meanwhile. */
const REDIS_AWAY_MILLIS = 1_000;
/** Keys this process remembers to have refused. */
const REMEMBERED_REFUSALS = 10_000;

/**
 * Counts in Redis for all processes, and in this one alone while Redis is away. A key that has spent everything is
 * refused without asking Redis again until its window ends.
 *
 * @param options.keyPrefix what Redis keys begin with
 */
export function createAllowance(options: {
  policy: string;
  keyPrefix: string;
  points: number;
  windowSeconds: number;
  redis: Redis | null;
}): Allowance {
  const { policy, points, windowSeconds, redis } = options;
  const settings = { keyPrefix: `${options.keyPrefix}:${policy}`, points, duration: windowSeconds };
  const here = new RateLimiterMemory(settings);
  const shared =
    redis && new RateLimiterRedis({ ...settings, storeClient: redis, rejectIfRedisNotReady: true });
  const refusals = new Map<string, number>();
  let awayUntil = 0;

  type Ask = (limiter: RateLimiterMemory | RateLimiterRedis) => Promise<RateLimiterRes | null>;

  const ask = async (question: Ask): Promise<Spent> => {
    if (!shared || Date.now() < awayUntil) return answer(question(here));
    try {
      return await answer(question(shared));
    } catch {
      awayUntil = Date.now() + REDIS_AWAY_MILLIS;
      return answer(question(here));
    }
  };

  const answer = async (asking: Promise<RateLimiterRes | null>): Promise<Spent> => {
    try {
      return spent(await asking, true);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return spent(refused, false);
      throw refused;
    }
  };

  const spent = (state: RateLimiterRes | null, isAllowed: boolean): Spent => ({
    policy,
    isAllowed,
    limit: points,
    windowSeconds,
    remaining: state?.remainingPoints ?? points,
    resetMillis: state?.msBeforeNext ?? windowSeconds * 1_000,
  });

  const refused = (key: string): Spent | null => {
    const until = refusals.get(key);
    if (until === undefined) return null;
    const resetMillis = until - Date.now();
    if (resetMillis > 0)
      return { policy, isAllowed: false, limit: points, windowSeconds, remaining: 0, resetMillis };
    refusals.delete(key);
    return null;
  };

  return {
    refused,
    async spend(key, amount) {
      const known = refused(key);
      if (known) return known;
      const outcome = await ask((limiter) => limiter.consume(key, amount));
      if (!outcome.isAllowed) remember(refusals, key, Date.now() + outcome.resetMillis);
      return outcome;
    },
    left: async (key) => refused(key) ?? ask((limiter) => limiter.get(key)),
  };
}

function remember(refusals: Map<string, number>, key: string, until: number): void {
  if (refusals.size >= REMEMBERED_REFUSALS) refusals.delete(refusals.keys().next().value ?? '');
  refusals.set(key, until);
}
