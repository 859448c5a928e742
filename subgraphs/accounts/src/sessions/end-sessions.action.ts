import { isId } from '@storegraph/ids';
import type { Database } from './session.store.js';
import { endSessionsOf } from './session.store.js';

/**
 * Ends a user's sessions: the one named, all but one, or all of them. Their refresh tokens stop working at
 * once; an access token already out works until it expires.
 *
 * @returns how many sessions were live and ended
 */
export async function endSessions(
  db: Database,
  which: { userId: string; only?: string; except?: string },
  now: Date,
): Promise<number> {
  if (which.only !== undefined && !isId('session', which.only)) return 0;
  return endSessionsOf(db, which, now);
}
