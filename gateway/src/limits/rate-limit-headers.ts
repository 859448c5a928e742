import type { Spent } from './allowance.js';
import { secondsOf, type Bill } from './bill.js';

/** Every header that tells about limits: web pages of other origins may read them. */
export const RATE_LIMIT_HEADERS = [
  'ratelimit-policy',
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
] as const;

/**
 * How much a spender has left, in points: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10),
 * and the three headers of its earlier versions, which most clients know.
 */
export function rateLimitHeaders({ spent }: Bill): Record<string, string> {
  return spent ? headersOf(spent) : {};
}

/** The same for a request that was refused, with `Retry-After` (RFC 9110 §10.2.3). */
export function refusedHeaders(spent: Spent): Record<string, string> {
  return { ...headersOf(spent), 'retry-after': String(secondsOf(spent.resetMillis)) };
}

function headersOf({ policy, limit, remaining, windowSeconds, resetMillis }: Spent): Record<string, string> {
  const reset = secondsOf(resetMillis);
  return {
    'ratelimit-policy': `"${policy}";q=${limit};qu="points";w=${windowSeconds}`,
    ratelimit: `"${policy}";r=${remaining};t=${reset}`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(reset),
  };
}
