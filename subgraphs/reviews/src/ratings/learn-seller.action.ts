import type { Transaction } from '../context.js';
import { setSellerOfProduct } from './rating.store.js';

/** Remembers who sells a product. */
export function learnSeller(
  tx: Transaction,
  product: { productId: string; sellerId: string | null; now: Date },
): Promise<void> {
  return setSellerOfProduct(tx, product);
}
