import type { Deps } from '../context.js';
import { isOutdated } from './password-hashing.js';
import type { Account } from './user.js';
import { findAccountByEmail, updateAccount } from './user.store.js';

export type PasswordCheck = { isRight: true; account: Account } | { isRight: false; account: null };

/**
 * Whether the password opens the account with this e-mail address. Takes as long without an account. A right
 * password is hashed anew when its hash was made at yesterday's cost.
 *
 * @throws {GraphQLError} `RATE_LIMITED` when too many passwords wait to be checked
 */
export async function checkPassword(
  { prisma, passwords, now }: Deps,
  { emailKey, password }: { emailKey: string; password: string },
): Promise<PasswordCheck> {
  const account = await findAccountByEmail(prisma, emailKey);
  const isRight = await passwords.verify(account?.passwordHash ?? null, password);
  if (!isRight || !account?.passwordHash) return { isRight: false, account: null };
  if (!isOutdated(account.passwordHash)) return { isRight, account };

  const passwordHash = await passwords.hash(password);
  await updateAccount(prisma, account.id, { passwordHash, updatedAt: now() });
  return { isRight, account: { ...account, passwordHash } };
}
