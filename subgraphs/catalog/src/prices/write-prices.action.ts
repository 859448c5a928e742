import type { Transaction } from '../context.js';
import type { PriceRow } from './price.js';
import { insertPrices, replacePrices } from './price.store.js';

/** Makes these a variant's prices for other currencies and larger quantities. */
export function setPrices(
  tx: Transaction,
  change: { variantId: string; rows: readonly PriceRow[] },
): Promise<void> {
  return replacePrices(tx, change.variantId, change.rows);
}

/** Adds prices of new variants, many at once. */
export function addPrices(tx: Transaction, rows: readonly PriceRow[]): Promise<void> {
  return insertPrices(tx, rows);
}
