import type { Transaction } from '../context.js';
import { hashOfRequest, IDEMPOTENCY_HOURS } from './idempotency.js';
import { claimKey, deleteExpiredKeys, finishKey } from './idempotency.store.js';

export type RunOnceOutcome<Result> =
  { kind: 'done'; result: Result; replayed: boolean } | { kind: 'mismatch' };

/**
 * Does the work the first time a key is seen and answers its first result ever after, for at least a day. Calls
 * with one key wait for one another; the key is kept only if the transaction commits.
 *
 * @param request.scope what the key belongs to, such as `adjust-stock:user_01…`: keys of two people never meet
 * @param request.input what the key stands for; the same key with another input is a mismatch
 * @param work its result must survive JSON
 */
export async function runOnce<Result>(
  tx: Transaction,
  request: { scope: string; key: string; input: unknown; now: Date },
  work: () => Promise<Result>,
): Promise<RunOnceOutcome<Result>> {
  const { scope, key, now } = request;
  const requestHash = hashOfRequest(request.input);
  const expiresAt = new Date(now.getTime() + IDEMPOTENCY_HOURS * 3_600_000);
  const earlier = await claimKey(tx, { scope, key, requestHash, now, expiresAt });
  if (earlier) {
    if (earlier.requestHash !== requestHash) return { kind: 'mismatch' };
    return { kind: 'done', result: earlier.response as Result, replayed: true };
  }
  const result = await work();
  await finishKey(tx, { scope, key, response: result });
  return { kind: 'done', result, replayed: false };
}

/** Forgets keys nobody will come back with. */
export function forgetExpiredKeys(tx: Transaction, now: Date): Promise<number> {
  return deleteExpiredKeys(tx, now);
}
