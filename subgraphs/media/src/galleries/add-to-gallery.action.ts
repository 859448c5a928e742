import type { Deps, Transaction } from '../context.js';
import { announceGalleries } from './announce-gallery.action.js';
import { addToGallery, lockGallery } from './gallery.store.js';

/** Shows assets of a product beside what is shown already, at given places; announced as `product_media.set`. */
export async function showOfProduct(
  config: Deps['config'],
  tx: Transaction,
  gallery: { productId: string; places: readonly { assetId: string; position: number }[] },
): Promise<void> {
  await lockGallery(tx, gallery.productId);
  await addToGallery(tx, gallery.productId, gallery.places);
  await announceGalleries(config, tx, [gallery.productId]);
}
