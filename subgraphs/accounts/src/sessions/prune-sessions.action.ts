import type { Deps } from '../context.js';
import { deleteOldAttempts } from './login-throttle.store.js';
import { deleteSessionsOverSince } from './session.store.js';

/** A token used a second time is recognised for so long after its session ended. */
const KEPT_DAYS = 7;

/** Forgets sessions that have been over for a week, and counts of attempts whose window has passed. */
export async function pruneSessions({ prisma, now }: Deps): Promise<void> {
  await deleteSessionsOverSince(prisma, new Date(now().getTime() - KEPT_DAYS * 86_400_000));
  await deleteOldAttempts(prisma, now());
}
