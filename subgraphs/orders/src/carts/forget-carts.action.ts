import type { Transaction } from '../context.js';
import { deleteCartsOfOwner } from './cart.store.js';

/** Removes every cart a person ever had, with the addresses in them. Their orders stay. */
export function forgetCartsOf(tx: Transaction, ownerId: string): Promise<void> {
  return deleteCartsOfOwner(tx, ownerId);
}
