import type { Deps } from '../context.js';
import type { Address, AddressPurpose } from './address.js';
import { lockAddressBook, moveDefault } from './address.store.js';

export type SetDefaultAddressOutcome = { kind: 'set'; address: Address } | { kind: 'not-found' };

/** Makes one of a person's addresses the one to begin with, in place of the earlier default. */
export async function setDefaultAddress(
  { prisma, now }: Deps,
  userId: string,
  { id, purpose }: { id: string; purpose: AddressPurpose },
): Promise<SetDefaultAddressOutcome> {
  return prisma.$transaction(async (tx): Promise<SetDefaultAddressOutcome> => {
    await lockAddressBook(tx, userId);
    const address = await moveDefault(tx, { id, userId }, { purpose, now: now() });
    return address ? { kind: 'set', address } : { kind: 'not-found' };
  });
}
