import type { Deps } from '../context.js';
import { newWarehouse, type Warehouse } from './warehouse.js';
import { findDefaultWarehouse, findWarehouses, insertWarehouses } from './warehouse.store.js';

/** A warehouse of a demonstration shop. */
export type WarehouseSeed = Pick<Warehouse, 'code' | 'name' | 'country' | 'priority'> & {
  readonly isDefault?: boolean;
};

/** Opens warehouses that are not there yet. Answers the ids of all, by code. */
export async function seedWarehouses(
  deps: Deps,
  seeds: readonly WarehouseSeed[],
): Promise<Map<string, string>> {
  const now = deps.now();
  return deps.prisma.$transaction(async (tx) => {
    const hasDefault = (await findDefaultWarehouse(tx)) !== null;
    const warehouses = seeds.map(({ isDefault = false, ...seed }) =>
      newWarehouse({ ...seed, isDefault: isDefault && !hasDefault, active: true }, now),
    );
    await insertWarehouses(tx, warehouses);
    return new Map((await findWarehouses(tx)).map(({ code, id }) => [code, id]));
  });
}
