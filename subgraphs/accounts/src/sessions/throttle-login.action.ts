import type { Deps } from '../context.js';
import { accountKey, addressKey, keysOf, secondsToWait, type Claimant } from './login-throttle.js';
import { countAttempt, forgetAttempts, uncountAttempt } from './login-throttle.store.js';

export type ThrottleOutcome<Result> =
  { kind: 'tried'; result: Result } | { kind: 'wait'; retryAfterSeconds: number };

/**
 * Lets a password be tried unless there were too many failures for the account or from the network address.
 * The attempt counts before it is made, so parallel guesses cannot slip past the limit. A success clears the
 * account's count; an attempt that could not be made at all does not count.
 *
 * @param attempt answers whether the password was right
 */
export async function throttleLogin<Result extends { isRight: boolean }>(
  { prisma, config, now }: Deps,
  claimant: Claimant,
  attempt: () => Promise<Result>,
): Promise<ThrottleOutcome<Result>> {
  const at = now();
  const keys = keysOf(claimant);
  const windowEndsAt = new Date(at.getTime() + config.login.windowSeconds * 1_000);
  const counts = await countAttempt(prisma, keys, { now: at, windowEndsAt });
  const retryAfterSeconds = secondsToWait(counts, config.login, at);
  if (retryAfterSeconds !== null) return { kind: 'wait', retryAfterSeconds };

  let result: Result;
  try {
    result = await attempt();
  } catch (error) {
    await uncountAttempt(prisma, keys);
    throw error;
  }
  if (result.isRight) {
    await forgetAttempts(prisma, accountKey(claimant.emailKey));
    if (claimant.address) await uncountAttempt(prisma, [addressKey(claimant.address)]);
  }
  return { kind: 'tried', result };
}
