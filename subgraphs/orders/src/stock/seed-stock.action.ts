import { publish } from '@storegraph/events';
import type { Deps } from '../context.js';
import { stateOf } from './stock-announcements.js';
import { findLevelsByVariants, insertLevels } from './stock.store.js';

/** So many of a variant in a warehouse of a demonstration shop. */
export type StockSeed = {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly warehouseId: string;
  readonly quantity: number;
  /** @default 5 */
  readonly lowStockThreshold?: number;
  /** @default false */
  readonly backorderable?: boolean;
};

const AT_ONCE = 2_000;

/**
 * Fills shelves that are not there yet. What is there stays as it is.
 *
 * @param options.announce whether the other domains are told what can be sold
 */
export async function seedStock(
  deps: Deps,
  seeds: readonly StockSeed[],
  { announce }: { announce: boolean },
): Promise<void> {
  const now = deps.now();
  for (let start = 0; start < seeds.length; start += AT_ONCE) {
    const levels = seeds.slice(start, start + AT_ONCE).map(({ quantity, ...seed }) => ({
      ...seed,
      available: quantity,
      lowStockThreshold: seed.lowStockThreshold ?? 5,
      backorderable: seed.backorderable ?? false,
    }));
    await deps.prisma.$transaction(async (tx) => {
      const variantIds = await insertLevels(tx, levels, now);
      if (announce) await publish(tx, ...stateOf(await findLevelsByVariants(tx, variantIds), now));
    });
  }
}
