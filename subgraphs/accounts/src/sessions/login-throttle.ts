import { createHash } from 'node:crypto';
import { networkOf } from '@storegraph/identity';

/** How often something was tried within its current window. */
export type Attempts = { readonly key: string; readonly attempts: number; readonly windowEndsAt: Date };

export type AttemptLimits = { readonly attemptsPerAccount: number; readonly attemptsPerAddress: number };

/** Whom an attempt counts against. Keyed by the e-mail address asked for, whether or not it has an account. */
export type Claimant = { readonly emailKey: string; readonly address: string | null };

/** Hashed: attempts hold whatever was typed, and people type passwords into the wrong field. */
export function accountKey(emailKey: string): string {
  return `account:${createHash('sha256').update(emailKey).digest('hex')}`;
}

export function addressKey(address: string): string {
  return `address:${networkOf(address)}`;
}

/** In a fixed order, so that parallel attempts lock their rows alike. */
export function keysOf({ emailKey, address }: Claimant): string[] {
  return [accountKey(emailKey), ...(address ? [addressKey(address)] : [])];
}

/** How long to wait, in seconds, when any limit is passed; `null` while none is. */
export function secondsToWait(counts: readonly Attempts[], limits: AttemptLimits, now: Date): number | null {
  const passed = counts.filter(
    ({ key, attempts }) =>
      attempts > (key.startsWith('account:') ? limits.attemptsPerAccount : limits.attemptsPerAddress),
  );
  if (passed.length === 0) return null;
  const longest = Math.max(...passed.map(({ windowEndsAt }) => windowEndsAt.getTime()));
  return Math.max(1, Math.ceil((longest - now.getTime()) / 1_000));
}
