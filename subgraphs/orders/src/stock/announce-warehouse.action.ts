import { publish } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { stateOf } from './stock-announcements.js';
import { findVariantsInWarehouse, lockLevels } from './stock.store.js';

const VARIANTS_AT_ONCE = 1_000;

/** Tells other domains what can be sold of everything a warehouse holds, after it was opened or closed. */
export async function announceWarehouse(tx: Transaction, warehouseId: string, now: Date): Promise<void> {
  let after = '';
  for (;;) {
    const variantIds = await findVariantsInWarehouse(tx, warehouseId, { after, most: VARIANTS_AT_ONCE });
    await publish(tx, ...stateOf(await lockLevels(tx, variantIds), now));
    if (variantIds.length < VARIANTS_AT_ONCE) return;
    after = variantIds.at(-1) ?? '';
  }
}
