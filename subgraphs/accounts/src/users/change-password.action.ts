import type { ClientDevice, UserViewer } from '@storegraph/identity';
import type { Deps } from '../context.js';
import { endSessions } from '../sessions/end-sessions.action.js';
import { throttleLogin } from '../sessions/throttle-login.action.js';
import { checkPassword } from './check-password.action.js';
import type { User } from './user.js';
import { findAccount, lockAccount, updateAccount } from './user.store.js';

export type ChangePasswordOutcome =
  | { kind: 'changed'; user: User; endedSessions: number }
  | { kind: 'bad-credentials' }
  | { kind: 'locked'; retryAfterSeconds: number };

/**
 * Changes a person's password and ends all their other sessions: who signed in with the old one has to know the
 * new one. Guessing the current password is throttled together with signing in.
 *
 * @throws {GraphQLError} `RATE_LIMITED` when too many passwords wait to be hashed; nothing has changed
 */
export async function changePassword(
  deps: Deps,
  { viewer, device }: { viewer: UserViewer; device: ClientDevice | undefined },
  input: { currentPassword: string; newPassword: string },
): Promise<ChangePasswordOutcome> {
  const emailKey = (await findAccount(deps.prisma, viewer.id))?.emailKey;
  if (!emailKey) return { kind: 'bad-credentials' };
  const turn = await throttleLogin(deps, { emailKey, address: device?.address ?? null }, () =>
    checkPassword(deps, { emailKey, password: input.currentPassword }),
  );
  if (turn.kind === 'wait') return { kind: 'locked', retryAfterSeconds: turn.retryAfterSeconds };
  const checked = turn.result.account;
  if (!checked) return { kind: 'bad-credentials' };

  const passwordHash = await deps.passwords.hash(input.newPassword);
  return deps.prisma.$transaction(async (tx): Promise<ChangePasswordOutcome> => {
    const now = deps.now();
    const locked = await lockAccount(tx, viewer.id);
    if (locked?.passwordHash !== checked.passwordHash) return { kind: 'bad-credentials' };
    const user = await updateAccount(tx, viewer.id, { passwordHash, updatedAt: now });
    const endedSessions = await endSessions(tx, { userId: viewer.id, except: viewer.sessionId }, now);
    return { kind: 'changed', user, endedSessions };
  });
}
