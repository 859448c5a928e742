import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { MOST_ADDRESSES, type Address, type AddressDetails } from './address.js';
import { countAddresses, insertAddress, lockAddressBook, updateAddress } from './address.store.js';

export type SaveAddressOutcome =
  { kind: 'saved'; address: Address } | { kind: 'not-found' } | { kind: 'book-full' };

/** Writes a new address into a person's book, or changes one of theirs. The first becomes the default for everything. */
export async function saveAddress(
  { prisma, now }: Deps,
  userId: string,
  { id, ...details }: AddressDetails & { id: string | null },
): Promise<SaveAddressOutcome> {
  const at = now();
  if (id !== null) {
    const address = await updateAddress(prisma, { id, userId }, { ...details, updatedAt: at });
    return address ? { kind: 'saved', address } : { kind: 'not-found' };
  }
  return prisma.$transaction(async (tx): Promise<SaveAddressOutcome> => {
    await lockAddressBook(tx, userId);
    const count = await countAddresses(tx, userId);
    if (count >= MOST_ADDRESSES) return { kind: 'book-full' };
    const isFirst = count === 0;
    const address = await insertAddress(tx, {
      ...details,
      id: newId('address'),
      userId,
      defaultShipping: isFirst,
      defaultBilling: isFirst,
      createdAt: at,
      updatedAt: at,
    });
    return { kind: 'saved', address };
  });
}
