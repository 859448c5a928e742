import type { Role } from '@storegraph/identity';

export type { Role } from '@storegraph/identity';

/** A person with an account, as the domain thinks of them. */
export type User = {
  readonly id: string;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string;
  readonly phone: string | null;
  readonly role: Role;
  readonly status: UserStatus;
  readonly emailVerified: boolean;
  readonly preferences: Preferences;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** A user with what proves who they are; no GraphQL field shows it. */
export type Account = User & { readonly emailKey: string | null; readonly passwordHash: string | null };

export type Preferences = {
  readonly locale: string | null;
  readonly currency: string | null;
  readonly newsletter: boolean;
};

export enum UserStatus {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  ERASED = 'ERASED',
}

export const NO_PREFERENCES: Preferences = { locale: null, currency: null, newsletter: false };

/**
 * The form in which e-mail addresses are compared: compatibility characters folded (Unicode NFKC), lower case.
 * Strictly the part before the @ may be case-sensitive (RFC 5321 §2.4); no mailbox anyone uses is.
 */
export function emailKeyOf(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** What others see of a person who chose no name: the first name and an initial, never the e-mail address. */
export function displayNameOf({ firstName, lastName }: Pick<User, 'firstName' | 'lastName'>): string {
  const initial = lastName ? `${[...lastName][0]}.` : '';
  return [firstName, initial].filter(Boolean).join(' ') || 'Shopper';
}

/** Whether the account may be signed in to. */
export function maySignIn({ status }: Pick<User, 'status'>): boolean {
  return status === UserStatus.PENDING || status === UserStatus.ACTIVE;
}
