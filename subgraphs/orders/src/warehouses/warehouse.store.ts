import type { Database } from '@storegraph/orders-db';
import type { Warehouse } from './warehouse.js';

export type { Database } from '@storegraph/orders-db';

export async function findWarehousesByIds(db: Database, ids: readonly string[]): Promise<Warehouse[]> {
  return db.warehouse.findMany({ where: { id: { in: [...ids] } } });
}

/** All warehouses, in the order they serve. */
export async function findWarehouses(db: Database): Promise<Warehouse[]> {
  return db.warehouse.findMany({ orderBy: [{ priority: 'asc' }, { code: 'asc' }] });
}

/** The warehouse, kept from changing until the transaction ends. */
export async function lockWarehouse(db: Database, id: string): Promise<Warehouse | null> {
  await db.$queryRaw`SELECT 1 FROM warehouses WHERE id = ${id} FOR UPDATE`;
  return db.warehouse.findUnique({ where: { id } });
}

export async function findDefaultWarehouse(db: Database): Promise<Warehouse | null> {
  return db.warehouse.findFirst({ where: { isDefault: true } });
}

/** Adds a warehouse; `null` when the code is taken. */
export async function insertWarehouse(db: Database, warehouse: Warehouse): Promise<Warehouse | null> {
  const added = await db.warehouse.createMany({ data: [warehouse], skipDuplicates: true });
  return added.count === 0 ? null : warehouse;
}

/** Adds those whose code is free. */
export async function insertWarehouses(db: Database, warehouses: readonly Warehouse[]): Promise<void> {
  await db.warehouse.createMany({ data: [...warehouses], skipDuplicates: true });
}

/** Changes a warehouse; `null` when another has the code. */
export async function updateWarehouse(
  db: Database,
  id: string,
  data: Partial<Warehouse>,
): Promise<Warehouse | null> {
  if (data.code !== undefined) {
    const taken = await db.warehouse.findFirst({ where: { code: data.code, id: { not: id } } });
    if (taken) return null;
  }
  return db.warehouse.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
}

/** Makes room for another default. */
export async function clearDefaultWarehouse(db: Database): Promise<void> {
  await db.warehouse.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
}
