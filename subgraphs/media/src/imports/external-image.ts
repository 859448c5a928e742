import { createHash } from 'node:crypto';

/** How often fetching a picture is tried; after that it stays where it was found. */
const MOST_ATTEMPTS = 4;

const MINUTE_MILLIS = 60_000;
const WAITS_MILLIS = [1, 10, 60].map((minutes) => minutes * MINUTE_MILLIS);

/** When to try again after so many attempts; `null` to give up. */
export function nextAttemptAt(attempts: number, now: Date): Date | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  const waitMillis = WAITS_MILLIS[Math.max(attempts, 1) - 1] ?? MINUTE_MILLIS;
  return new Date(now.getTime() + waitMillis);
}

/** Tells the same address again, however long it is. */
export function originOf(url: string): string {
  return `url:${createHash('sha256').update(url).digest('hex')}`;
}

/** An address a browser may be sent to, in its normal form; `null` for every other, such as `javascript:`. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}
