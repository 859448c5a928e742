import type { Deps } from '../context.js';
import { endSessions } from '../sessions/end-sessions.action.js';
import { UserStatus, type User } from './user.js';
import { lockAccount, updateAccount } from './user.store.js';

export type SuspendUserOutcome =
  { kind: 'suspended'; user: User; endedSessions: number } | { kind: 'not-found' } | { kind: 'own-account' };

export type ReinstateUserOutcome = { kind: 'reinstated'; user: User } | { kind: 'not-found' };

/** Bars a person from signing in and ends all their sessions. Doing it twice changes nothing. */
export async function suspendUser(
  { prisma, now }: Deps,
  input: { userId: string; by: string },
): Promise<SuspendUserOutcome> {
  if (input.userId === input.by) return { kind: 'own-account' };
  return prisma.$transaction(async (tx): Promise<SuspendUserOutcome> => {
    const account = await lockAccount(tx, input.userId);
    if (!account || account.status === UserStatus.ERASED) return { kind: 'not-found' };
    const user = await updateAccount(tx, account.id, { status: UserStatus.SUSPENDED, updatedAt: now() });
    const endedSessions = await endSessions(tx, { userId: account.id }, now());
    return { kind: 'suspended', user, endedSessions };
  });
}

/** Lets a suspended person sign in again; who was not suspended stays as they are. */
export async function reinstateUser({ prisma, now }: Deps, userId: string): Promise<ReinstateUserOutcome> {
  return prisma.$transaction(async (tx): Promise<ReinstateUserOutcome> => {
    const account = await lockAccount(tx, userId);
    if (!account || account.status === UserStatus.ERASED) return { kind: 'not-found' };
    if (account.status !== UserStatus.SUSPENDED) return { kind: 'reinstated', user: account };
    const status = account.emailVerified ? UserStatus.ACTIVE : UserStatus.PENDING;
    return { kind: 'reinstated', user: await updateAccount(tx, account.id, { status, updatedAt: now() }) };
  });
}
