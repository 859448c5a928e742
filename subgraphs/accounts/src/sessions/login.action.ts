import type { ClientDevice } from '@storegraph/identity';
import type { Deps } from '../context.js';
import { checkPassword } from '../users/check-password.action.js';
import { lockUser } from '../users/lock-user.action.js';
import { emailKeyOf, maySignIn, type User } from '../users/user.js';
import { openSession } from './open-session.action.js';
import type { Tokens } from './session.js';
import { throttleLogin } from './throttle-login.action.js';

export type LoginOutcome =
  | { kind: 'signed-in'; user: User; tokens: Tokens }
  | { kind: 'bad-credentials' }
  | { kind: 'suspended' }
  | { kind: 'locked'; retryAfterSeconds: number };

/**
 * Signs a person in by e-mail address and password. An unknown address takes the same steps and gets the same
 * answer as a wrong password; that an account is suspended is told only to who knows its password.
 *
 * @throws {GraphQLError} `RATE_LIMITED` when too many passwords wait to be checked; the attempt did not count
 */
export async function login(
  deps: Deps,
  input: { email: string; password: string; device: ClientDevice | undefined },
): Promise<LoginOutcome> {
  const emailKey = emailKeyOf(input.email);
  const turn = await throttleLogin(deps, { emailKey, address: input.device?.address ?? null }, () =>
    checkPassword(deps, { emailKey, password: input.password }),
  );
  if (turn.kind === 'wait') return { kind: 'locked', retryAfterSeconds: turn.retryAfterSeconds };
  const { account } = turn.result;
  if (!account) return { kind: 'bad-credentials' };

  const signer = await deps.keys.signer();
  return deps.prisma.$transaction(async (tx): Promise<LoginOutcome> => {
    // While the password was checked it may have been changed, or the account suspended.
    const user = await lockUser(tx, account.id);
    if (!user || user.passwordHash !== account.passwordHash) return { kind: 'bad-credentials' };
    if (!maySignIn(user)) return { kind: 'suspended' };
    return {
      kind: 'signed-in',
      user,
      tokens: await openSession(deps, tx, { user, device: input.device, signer }),
    };
  });
}
