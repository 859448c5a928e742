import type { Transaction } from '../context.js';
import { hashOfRequest, IDEMPOTENCY_HOURS } from './idempotency.js';
import { claimKey, finishKey } from './idempotency.store.js';

/** `free`: nobody has an answer yet; this caller, and others at the same time, go ahead. */
export type ClaimRequestOutcome =
  { kind: 'free' } | { kind: 'finished'; response: unknown } | { kind: 'mismatch' };

/**
 * Claims a key for work that cannot wait inside a transaction, such as a call to another company. Unlike `runOnce` it
 * keeps nobody out while the work goes on: the work itself must be safe to do twice.
 */
export async function claimRequest(
  tx: Transaction,
  request: { scope: string; key: string; input: unknown; now: Date },
): Promise<ClaimRequestOutcome> {
  const { scope, key, now } = request;
  const requestHash = hashOfRequest(request.input);
  const expiresAt = new Date(now.getTime() + IDEMPOTENCY_HOURS * 3_600_000);
  const earlier = await claimKey(tx, { scope, key, requestHash, now, expiresAt });
  if (!earlier) return { kind: 'free' };
  if (earlier.requestHash !== requestHash) return { kind: 'mismatch' };
  return earlier.response === null ? { kind: 'free' } : { kind: 'finished', response: earlier.response };
}

/** Remembers the answer, for whoever comes back with the key. */
export function finishRequest(
  tx: Transaction,
  answer: { scope: string; key: string; response: unknown },
): Promise<void> {
  return finishKey(tx, answer);
}
