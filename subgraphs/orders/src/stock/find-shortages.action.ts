import type { Transaction } from '../context.js';
import type { Shortage } from './hold-stock.action.js';
import { availabilityOf, splitOverLevels, sumByVariant, type Demand } from './stock.js';
import { findLevelsByVariants } from './stock.store.js';

/**
 * Of what there is not enough at this moment, without waiting for anybody. Who comes for something sold out is told so
 * at once, instead of queueing for its row behind everybody else; who finds enough has yet to hold it.
 */
export async function findShortages(
  tx: Transaction,
  lines: readonly Demand[],
  now: Date,
): Promise<Shortage[]> {
  const demands = sumByVariant(lines);
  const found = await findLevelsByVariants(
    tx,
    demands.map(({ variantId }) => variantId),
  );
  return demands.flatMap(({ variantId, quantity }) => {
    const levels = found.filter((level) => level.variantId === variantId);
    if (splitOverLevels(levels, quantity)) return [];
    const available = Math.max(0, availabilityOf(levels, now).sellable);
    return [{ variantId, requested: quantity, available }];
  });
}
