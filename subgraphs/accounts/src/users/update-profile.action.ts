import type { Deps } from '../context.js';
import { displayNameOf, type Preferences, type User } from './user.js';
import { lockAccount, updateAccount } from './user.store.js';

/** What changes; fields that are absent stay as they are, `null` clears. */
export type ProfileChange = {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly preferences?: Partial<{
    [Name in keyof Preferences]: Preferences[Name] | null | undefined;
  }> | null;
};

export type UpdateProfileOutcome = { kind: 'updated'; user: User } | { kind: 'not-found' };

/** Changes what a person tells about themselves. A display name that was cleared follows from the name again. */
export async function updateProfile(
  { prisma, now }: Deps,
  userId: string,
  change: ProfileChange,
): Promise<UpdateProfileOutcome> {
  return prisma.$transaction(async (tx): Promise<UpdateProfileOutcome> => {
    const account = await lockAccount(tx, userId);
    if (!account) return { kind: 'not-found' };
    const names = {
      firstName: keepUnlessGiven(change.firstName, account.firstName),
      lastName: keepUnlessGiven(change.lastName, account.lastName),
    };
    const wasDerived = account.displayName === displayNameOf(account);
    const chosenName =
      change.displayName === undefined && !wasDerived ? account.displayName : change.displayName;
    const user = await updateAccount(tx, userId, {
      ...names,
      displayName: chosenName ?? displayNameOf(names),
      phone: keepUnlessGiven(change.phone, account.phone),
      preferences: mergePreferences(account.preferences, change.preferences),
      updatedAt: now(),
    });
    return { kind: 'updated', user };
  });
}

function keepUnlessGiven(given: string | null | undefined, kept: string | null): string | null {
  return given === undefined ? kept : given;
}

function mergePreferences(kept: Preferences, given: ProfileChange['preferences']): Preferences {
  return {
    locale: keepUnlessGiven(given?.locale, kept.locale),
    currency: keepUnlessGiven(given?.currency, kept.currency),
    newsletter: given?.newsletter ?? kept.newsletter,
  };
}
