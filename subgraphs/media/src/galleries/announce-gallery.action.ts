import { productMediaSet, publish } from '@storegraph/events';
import { thumbnailAddressOf } from '../assets/asset-address.js';
import { AssetKind } from '../assets/asset.js';
import type { Deps, Transaction } from '../context.js';
import { RenditionFormat } from '../renditions/rendition.js';
import { findMediaOfProducts, findProductsShowing, lockGallery } from './gallery.store.js';

const THUMBNAIL = { width: 320, format: RenditionFormat.WEBP };

/** Announces what is shown of products now, as `product_media.set`; writers of one gallery take turns. */
export async function announceGalleries(
  config: Deps['config'],
  tx: Transaction,
  productIds: readonly string[],
): Promise<void> {
  if (productIds.length === 0) return;
  const sorted = [...productIds].sort();
  for (const productId of sorted) await lockGallery(tx, productId);
  const media = await findMediaOfProducts(tx, sorted);
  const events = sorted.map((productId) => {
    const shown = media.filter((asset) => asset.of === productId);
    const first = shown.find((asset) => asset.kind === AssetKind.IMAGE);
    return productMediaSet({
      aggregateId: productId,
      data: {
        productId,
        assetIds: shown.map(({ id }) => id),
        thumbnailUrl: first ? thumbnailAddressOf(first, THUMBNAIL, config.cdnUrl) : null,
      },
    });
  });
  await publish(tx, ...events);
}

/** The products whose galleries show any of the assets. */
export function findGalleriesShowing(tx: Transaction, assetIds: readonly string[]): Promise<string[]> {
  return findProductsShowing(tx, assetIds);
}
