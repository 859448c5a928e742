import { loadByArguments, loadMany } from '@storegraph/subgraph-server';
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
    stockLevel: {
      load: async ({ variantId, warehouseId }: LevelKey) =>
        (await stockLevels.load(variantId)).find((level) => level.warehouseId === warehouseId) ?? null,
    },
    availability: {
      load: async (variantId: string) => availabilityOf(await stockLevels.load(variantId), now()),
    },
    stockMovements: {
      load: (level: StockLevel, first: number) => movements(first, keyOf(level)),
    },
    lowStock: {
      load: (page: { first: number; after: readonly [string, string] | null }) => findLowLevels(db, page),
    },
  };
}
