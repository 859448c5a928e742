import type { Database } from '@storegraph/accounts-db';
import { isId } from '@storegraph/ids';
import { AddressPurpose, type Address, type AddressDetails } from './address.js';

export type { Database } from '@storegraph/accounts-db';

/** The addresses of each user, oldest first. */
export async function findAddressesOfUsers(db: Database, userIds: readonly string[]): Promise<Address[]> {
  const known = userIds.filter((id) => isId('user', id));
  return db.address.findMany({ where: { userId: { in: known } }, orderBy: { id: 'asc' } });
}

/** Locks a user's address book for the rest of the transaction: its defaults and its size change one at a time. */
export async function lockAddressBook(tx: Database, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
}

export async function countAddresses(db: Database, userId: string): Promise<number> {
  return db.address.count({ where: { userId } });
}

export async function insertAddress(db: Database, address: Address): Promise<Address> {
  return db.address.create({ data: address });
}

export async function insertAddresses(db: Database, addresses: readonly Address[]): Promise<void> {
  await db.address.createMany({ data: [...addresses] });
}

/** Changes an address of this user's. @returns `null` when they have none with this id */
export async function updateAddress(
  db: Database,
  key: { id: string; userId: string },
  change: AddressDetails & { updatedAt: Date },
): Promise<Address | null> {
  if (!isId('address', key.id)) return null;
  const rows = await db.address.updateManyAndReturn({ where: key, data: change });
  return rows[0] ?? null;
}

/** @returns whether this user had it */
export async function deleteAddress(db: Database, key: { id: string; userId: string }): Promise<boolean> {
  if (!isId('address', key.id)) return false;
  return (await db.address.deleteMany({ where: key })).count > 0;
}

/** Makes an address the user's only default for a purpose. @returns `null` when they have none with this id */
export async function moveDefault(
  tx: Database,
  key: { id: string; userId: string },
  { purpose, now }: { purpose: AddressPurpose; now: Date },
): Promise<Address | null> {
  if (!isId('address', key.id) || !(await tx.address.findUnique({ where: key, select: { id: true } })))
    return null;
  const flag = purpose === AddressPurpose.SHIPPING ? 'defaultShipping' : 'defaultBilling';
  await tx.address.updateMany({ where: { userId: key.userId, [flag]: true }, data: { [flag]: false } });
  return tx.address.update({ where: key, data: { [flag]: true, updatedAt: now } });
}
