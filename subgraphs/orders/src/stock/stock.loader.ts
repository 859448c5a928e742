import { loadByArguments, loadMany, loadOne } from '@storegraph/subgraph-server';
import { findHoldsOfCarts } from './reservation.store.js';
import { availabilityOf, type StockLevel } from './stock.js';
import {
  findLevelsByVariants,
  findLowLevels,
  findMovements,
  type Database,
  type LevelKey,
} from './stock.store.js';

const keyOf = ({ variantId, warehouseId }: LevelKey) => `${variantId} ${warehouseId}`;

export function createStockLoaders(db: Database, now: () => Date) {
  const stockLevels = loadMany(
    (variantIds) => findLevelsByVariants(db, variantIds),
    ({ variantId }) => variantId,
  );
  const movements = loadByArguments((first: number) =>
    loadMany(
      (keys) =>
        findMovements(
          db,
          keys.map((key) => {
            const [variantId = '', warehouseId = ''] = key.split(' ');
            return { variantId, warehouseId };
          }),
          first,
        ),
      keyOf,
    ),
  );
  return {
    stockLevels,
    /** A level as it is after a change, which an operation may make several of. */
    changedLevel: {
      load: async ({ variantId, warehouseId }: LevelKey) => {
        const levels = await stockLevels.clear(variantId).load(variantId);
        return levels.find((level) => level.warehouseId === warehouseId) ?? null;
      },
    },
    availability: {
      load: async (variantId: string) => availabilityOf(await stockLevels.load(variantId), now()),
    },
    stockMovements: {
      load: (level: StockLevel, first: number) => movements(first, keyOf(level)),
    },
    holdOfCart: loadOne(
      (cartIds) => findHoldsOfCarts(db, cartIds),
      ({ cartId }) => cartId,
    ),
    lowStock: {
      load: (page: { first: number; after: readonly [string, string] | null }) => findLowLevels(db, page),
    },
  };
}
