import type { Transaction } from '../context.js';
import { copyStock } from '../variants/write-variants.action.js';
import { addUnitsSold, recountStock, setRating, setSellerStanding } from './product-writing.store.js';

/** Copies news of a variant's stock, and what follows for its product. News older than what is known changes nothing. */
export async function followStock(
  tx: Transaction,
  stock: { variantId: string; sellable: number; inStock: boolean; asOf: Date },
): Promise<void> {
  const changed = await copyStock(tx, stock);
  if (changed) await recountStock(tx, changed.productId, stock.asOf);
}

/** Copies a product's rating, which lists sort and filter by. */
export function followRating(
  tx: Transaction,
  rating: { productId: string; average: number | null; bayesian: number; asOf: Date },
): Promise<void> {
  return setRating(tx, rating);
}

/** Counts what a paid order sold, which best-seller lists sort by. */
export function followSales(
  tx: Transaction,
  order: { lines: readonly { productId: string; quantity: number }[]; at: Date },
): Promise<void> {
  return addUnitsSold(tx, order.lines, order.at);
}

/** Hides what a suspended seller offers, and shows it again once they may sell. */
export function followSeller(
  tx: Transaction,
  seller: { sellerId: string; isSuspended: boolean; asOf: Date },
): Promise<void> {
  const { sellerId, isSuspended: suspended, asOf } = seller;
  return setSellerStanding(tx, { sellerId, suspended, asOf });
}
