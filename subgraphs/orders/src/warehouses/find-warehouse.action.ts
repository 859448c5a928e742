import type { Transaction } from '../context.js';
import type { Warehouse } from './warehouse.js';
import { findWarehousesByIds } from './warehouse.store.js';

/** A warehouse as the transaction sees it. */
export async function findWarehouseById(tx: Transaction, id: string): Promise<Warehouse | null> {
  const [warehouse] = await findWarehousesByIds(tx, [id]);
  return warehouse ?? null;
}
