import type { Database } from '@storegraph/accounts-db';
import type { Attempts } from './login-throttle.js';

/** Counts one attempt under each key and answers the counts with it, in one statement: parallel attempts each count. */
export async function countAttempt(
  db: Database,
  keys: readonly string[],
  { now, windowEndsAt }: { now: Date; windowEndsAt: Date },
): Promise<Attempts[]> {
  return db.$queryRaw<Attempts[]>`
    INSERT INTO login_throttles AS kept (key, attempts, window_ends_at)
    SELECT key, 1, ${windowEndsAt}::timestamptz FROM unnest(${[...keys]}::text[]) AS given (key)
    ON CONFLICT (key) DO UPDATE SET
      attempts = CASE WHEN kept.window_ends_at <= ${now} THEN 1 ELSE kept.attempts + 1 END,
      window_ends_at = CASE WHEN kept.window_ends_at <= ${now} THEN excluded.window_ends_at ELSE kept.window_ends_at END
    RETURNING key, attempts, window_ends_at AS "windowEndsAt"`;
}

/** Takes one attempt back: it was no failure. */
export async function uncountAttempt(db: Database, keys: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE login_throttles SET attempts = greatest(attempts - 1, 0) WHERE key = ANY(${[...keys]}::text[])`;
}

export async function forgetAttempts(db: Database, key: string): Promise<void> {
  await db.loginThrottle.deleteMany({ where: { key } });
}

export async function deleteOldAttempts(db: Database, now: Date): Promise<void> {
  await db.loginThrottle.deleteMany({ where: { windowEndsAt: { lte: now } } });
}
