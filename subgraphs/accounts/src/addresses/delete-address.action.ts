import type { Deps } from '../context.js';
import { deleteAddress as deleteFromBook } from './address.store.js';

export type DeleteAddressOutcome = { kind: 'deleted' } | { kind: 'not-found' };

/** Takes an address out of a person's book. A default that goes leaves none until another is chosen. */
export async function deleteAddress(
  { prisma }: Deps,
  address: { id: string; userId: string },
): Promise<DeleteAddressOutcome> {
  return (await deleteFromBook(prisma, address)) ? { kind: 'deleted' } : { kind: 'not-found' };
}
