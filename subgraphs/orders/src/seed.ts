import type { Deps } from './context.js';
import { seedCoupons, type CouponSeed } from './coupons/seed-coupons.action.js';
import { seedStock, type StockSeed } from './stock/seed-stock.action.js';
import { seedWarehouses, type WarehouseSeed } from './warehouses/seed-warehouses.action.js';

export { seedPastOrders } from './orders/seed-past-orders.action.js';
export type { PastOrder } from './orders/seed-past-orders.action.js';
export type { CouponSeed } from './coupons/seed-coupons.action.js';
export type { WarehouseSeed } from './warehouses/seed-warehouses.action.js';

/** Stock of a demonstration shop, in the warehouse of that code. */
export type ShelfSeed = Omit<StockSeed, 'warehouseId'> & { readonly warehouse: string };

export type OrdersSeed = {
  readonly warehouses: readonly WarehouseSeed[];
  readonly stock: readonly ShelfSeed[];
  readonly coupons: readonly CouponSeed[];
};

/**
 * Gives a demonstration shop its warehouses, stock and discount codes, in bulk. What is there stays as it is, so
 * doing it again changes nothing.
 *
 * @param options.announce tells the other domains what can be sold; not needed when they were seeded alike. @default true
 * @returns the ids of the warehouses and of the discount codes, by code
 * @throws {RangeError} for stock in a warehouse that is not there; warehouses are opened then, stock is not put in
 */
export async function seedOrders(
  deps: Deps,
  { warehouses, stock, coupons }: OrdersSeed,
  { announce = true }: { announce?: boolean } = {},
): Promise<{ warehouseIds: Map<string, string>; couponIds: Map<string, string> }> {
  const warehouseIds = await seedWarehouses(deps, warehouses);
  const shelves = stock.map(({ warehouse, ...shelf }) => {
    const warehouseId = warehouseIds.get(warehouse);
    if (!warehouseId) throw new RangeError(`there is no warehouse ${warehouse}`);
    return { ...shelf, warehouseId };
  });
  await seedStock(deps, shelves, { announce });
  return { warehouseIds, couponIds: await seedCoupons(deps, coupons) };
}
