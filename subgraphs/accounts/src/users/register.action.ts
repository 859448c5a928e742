import { publish, userRegistered } from '@storegraph/events';
import type { ClientDevice } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { openSession } from '../sessions/open-session.action.js';
import type { Tokens } from '../sessions/session.js';
import { displayNameOf, emailKeyOf, NO_PREFERENCES, UserStatus, type User } from './user.js';
import { findAccountByEmail, insertAccount } from './user.store.js';

export type RegisterOutcome = { kind: 'registered'; user: User; tokens: Tokens } | { kind: 'email-taken' };

type Registration = {
  email: string;
  password: string;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
};

/**
 * Opens an account and signs the person in. Of two who register one address at the same time, one gets it.
 * `user.registered` is announced with the account.
 *
 * @throws {GraphQLError} `RATE_LIMITED` when too many passwords wait to be hashed; nothing was written
 */
export async function register(
  deps: Deps,
  input: Registration,
  device: ClientDevice | undefined,
): Promise<RegisterOutcome> {
  const { password, ...person } = input;
  const emailKey = emailKeyOf(input.email);
  // Spares the costly hash where the answer is known; the unique index decides below.
  if (await findAccountByEmail(deps.prisma, emailKey)) return { kind: 'email-taken' };
  const passwordHash = await deps.passwords.hash(password);
  const signer = await deps.keys.signer();
  const now = deps.now();

  return deps.prisma.$transaction(async (tx): Promise<RegisterOutcome> => {
    const user = await insertAccount(tx, {
      ...person,
      id: newId('user'),
      emailKey,
      passwordHash,
      displayName: displayNameOf(person),
      role: 'customer',
      status: UserStatus.PENDING,
      emailVerified: false,
      preferences: NO_PREFERENCES,
      createdAt: now,
      updatedAt: now,
    });
    if (!user) return { kind: 'email-taken' };
    await publish(
      tx,
      userRegistered({ aggregateId: user.id, data: { userId: user.id, displayName: user.displayName } }),
    );
    return { kind: 'registered', user, tokens: await openSession(deps, tx, { user, device, signer }) };
  });
}
