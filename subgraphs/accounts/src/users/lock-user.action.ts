import type { Transaction } from '../context.js';
import type { Account } from './user.js';
import { lockAccount } from './user.store.js';

/** The account as it is now, held still until the transaction ends. */
export async function lockUser(tx: Transaction, id: string): Promise<Account | null> {
  return lockAccount(tx, id);
}
