import type { Deps } from '../context.js';
import { announceWarehouse } from '../stock/announce-warehouse.action.js';
import { newWarehouse, type Warehouse } from './warehouse.js';
import { clearDefaultWarehouse, insertWarehouse, lockWarehouse, updateWarehouse } from './warehouse.store.js';

export type SaveWarehouseOutcome =
  | { kind: 'saved'; warehouse: Warehouse }
  | { kind: 'not-found' }
  | { kind: 'changed-meanwhile'; currentVersion: number }
  | { kind: 'code-taken' };

type Input = Pick<Warehouse, 'code' | 'name' | 'country' | 'priority' | 'active' | 'isDefault'> & {
  /** Which one to change; a new one without. */
  id: string | null;
  expectedVersion: number | null;
};

/**
 * Opens a warehouse or changes one. Opening or closing it changes what can be sold, which is announced for
 * every variant it holds. The default moves to whichever was saved as default last.
 */
export async function saveWarehouse(deps: Deps, input: Input): Promise<SaveWarehouseOutcome> {
  const { id, expectedVersion, ...fields } = input;
  const now = deps.now();
  return deps.prisma.$transaction(async (tx): Promise<SaveWarehouseOutcome> => {
    if (id === null) {
      if (fields.isDefault) await clearDefaultWarehouse(tx);
      const opened = await insertWarehouse(tx, newWarehouse(fields, now));
      return opened ? { kind: 'saved', warehouse: opened } : { kind: 'code-taken' };
    }
    const before = await lockWarehouse(tx, id);
    if (!before) return { kind: 'not-found' };
    if (expectedVersion !== null && expectedVersion !== before.version)
      return { kind: 'changed-meanwhile', currentVersion: before.version };
    if (fields.isDefault && !before.isDefault) await clearDefaultWarehouse(tx);
    const saved = await updateWarehouse(tx, id, { ...fields, updatedAt: now });
    if (!saved) return { kind: 'code-taken' };
    if (before.active !== saved.active) await announceWarehouse(tx, id, now);
    return { kind: 'saved', warehouse: saved };
  });
}
