import type { Transaction } from '../context.js';
import { FIRST_WAREHOUSE, newWarehouse, type Warehouse } from './warehouse.js';
import { findDefaultWarehouse, insertWarehouse } from './warehouse.store.js';

/**
 * Where imports count their stock; opened when the shop has none yet.
 *
 * @throws {Error} when there is none and its usual code belongs to another warehouse
 */
export async function requireDefaultWarehouse(tx: Transaction, now: Date): Promise<Warehouse> {
  const known = await findDefaultWarehouse(tx);
  if (known) return known;
  const opened = await insertWarehouse(tx, newWarehouse(FIRST_WAREHOUSE, now));
  const warehouse = opened ?? (await findDefaultWarehouse(tx));
  if (!warehouse) throw new Error(`no warehouse is the default, and ${FIRST_WAREHOUSE.code} is taken`);
  return warehouse;
}
