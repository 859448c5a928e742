import type { Transaction } from '../context.js';
import { deleteGallery } from './gallery.store.js';
import { setSellerOfProduct } from './product.store.js';

/** Remembers who sells a product, and so who may change its gallery. */
export function learnProduct(
  tx: Transaction,
  product: { productId: string; sellerId: string | null; version: number },
): Promise<void> {
  return setSellerOfProduct(tx, product);
}

/** Forgets a product and its gallery. */
export function forgetProduct(
  tx: Transaction,
  { productId, now }: { productId: string; now: Date },
): Promise<void> {
  return deleteGallery(tx, productId, now);
}
