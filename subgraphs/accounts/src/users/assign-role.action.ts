import { publish, userRoleChanged } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import type { Role, User } from './user.js';
import { lockAccount, updateAccount } from './user.store.js';

export type AssignRoleOutcome =
  { kind: 'assigned'; user: User } | { kind: 'not-found' } | { kind: 'own-role' };

/**
 * Gives a user another role, and announces `user.role_changed` with it. It reaches the person's access token
 * with their next refresh. Nobody changes their own role, so an administrator always remains.
 */
export async function assignRole(
  { prisma, now }: Deps,
  input: { userId: string; role: Role; by: string },
): Promise<AssignRoleOutcome> {
  if (input.userId === input.by) return { kind: 'own-role' };
  const user = await prisma.$transaction((tx) => changeRole(tx, input, now()));
  return user ? { kind: 'assigned', user } : { kind: 'not-found' };
}

/** Changes a role in the caller's transaction; `null` when there is no such user. A role they have already is no change. */
export async function changeRole(
  tx: Transaction,
  { userId, role, from }: { userId: string; role: Role; from?: Role },
  now: Date,
): Promise<User | null> {
  const account = await lockAccount(tx, userId);
  if (!account) return null;
  if (account.role === role || (from && account.role !== from)) return account;
  const user = await updateAccount(tx, userId, { role, updatedAt: now });
  await publish(tx, userRoleChanged({ aggregateId: userId, data: { userId, role } }));
  return user;
}
