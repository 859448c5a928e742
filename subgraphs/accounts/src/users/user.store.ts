import type { Page } from '@storegraph/connection';
import type { Prisma } from '@storegraph/accounts-db';
import { type Database } from '@storegraph/accounts-db';
import { isId } from '@storegraph/ids';
import {
  NO_PREFERENCES,
  type Account,
  type Preferences,
  type Role,
  type User,
  type UserStatus,
} from './user.js';

export type { Database } from '@storegraph/accounts-db';

/** Which users a list shows. */
export type UserFilter = {
  /** The beginning of an e-mail address or of a name. */
  readonly search: string | null;
  readonly role: Role | null;
  readonly status: UserStatus | null;
};

export type NewAccount = Account & { readonly emailKey: string; readonly email: string };

const PUBLIC = { omit: { passwordHash: true, emailKey: true } } as const;

type Row = Prisma.UserGetPayload<typeof PUBLIC>;

const toUser = ({ status, preferences, ...row }: Row): User => ({
  ...row,
  status: status as UserStatus,
  preferences: { ...NO_PREFERENCES, ...(preferences as Partial<Preferences>) },
});

const toAccount = (row: Prisma.UserGetPayload<true>): Account => ({
  ...toUser(row),
  emailKey: row.emailKey,
  passwordHash: row.passwordHash,
});

export async function findUsersByIds(db: Database, ids: readonly string[]): Promise<User[]> {
  const known = ids.filter((id) => isId('user', id));
  return (await db.user.findMany({ where: { id: { in: known } }, ...PUBLIC })).map(toUser);
}

/** One page, newest account first, one row more than the page to tell whether more follow. */
export async function findUsers(db: Database, filter: UserFilter, page: Page): Promise<User[]> {
  const where = { AND: [condition(filter), page.after ? { id: { lt: String(page.after[0]) } } : {}] };
  const rows = await db.user.findMany({ where, orderBy: { id: 'desc' }, take: page.first + 1, ...PUBLIC });
  return rows.map(toUser);
}

export async function countUsers(db: Database, filter: UserFilter): Promise<number> {
  return db.user.count({ where: condition(filter) });
}

function condition({ search, role, status }: UserFilter): Prisma.UserWhereInput {
  const start = search?.replace(/[\\%_]/g, '\\$&');
  return {
    ...(role && { role }),
    ...(status && { status }),
    ...(start && {
      OR: [
        { emailKey: { startsWith: start.normalize('NFKC').toLowerCase() } },
        ...(['firstName', 'lastName', 'displayName'] as const).map((name) => ({
          [name]: { startsWith: start, mode: 'insensitive' as const },
        })),
      ],
    }),
  };
}

export async function findAccountByEmail(db: Database, emailKey: string): Promise<Account | null> {
  // PostgreSQL refuses NUL in text, and no account can have it.
  if (emailKey.includes('\0')) return null;
  const row = await db.user.findUnique({ where: { emailKey } });
  return row && toAccount(row);
}

export async function findAccount(db: Database, id: string): Promise<Account | null> {
  const row = await db.user.findUnique({ where: { id } });
  return row && toAccount(row);
}

/** Locks a user's row for the rest of the transaction, so that whatever changes or signs in one user takes turns. */
export async function lockAccount(tx: Database, id: string): Promise<Account | null> {
  await tx.$queryRaw`SELECT id FROM users WHERE id = ${id} FOR UPDATE`;
  return findAccount(tx, id);
}

/** Writes a new account; `null` when the e-mail address has one already. */
export async function insertAccount(db: Database, account: NewAccount): Promise<User | null> {
  const rows = await db.user.createManyAndReturn({ data: [{ ...account }], skipDuplicates: true, ...PUBLIC });
  return rows[0] ? toUser(rows[0]) : null;
}

/** Writes many new accounts at once. @throws when an e-mail address has one already */
export async function insertAccounts(db: Database, accounts: readonly NewAccount[]): Promise<void> {
  await db.user.createMany({ data: accounts.map((account) => ({ ...account })) });
}

/** The ids of the accounts with these e-mail addresses, by the form in which they are compared. */
export async function findIdsByEmails(
  db: Database,
  emailKeys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.user.findMany({
    where: { emailKey: { in: [...emailKeys] } },
    select: { id: true, emailKey: true },
  });
  return new Map(rows.map(({ id, emailKey }) => [emailKey ?? '', id]));
}

export async function updateAccount(
  db: Database,
  id: string,
  change: Partial<Omit<Account, 'id' | 'emailKey' | 'email' | 'createdAt'>> & { updatedAt: Date },
): Promise<User> {
  return toUser(await db.user.update({ where: { id }, data: change, ...PUBLIC }));
}
