import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { showOfProduct } from '../galleries/add-to-gallery.action.js';
import { originOf, webAddress } from './external-image.js';
import { recordExternalImages } from './import.store.js';

/**
 * Records pictures an import found by address and shows them of their product. They are shown from there until
 * they have been fetched. Recording the same again moves them to their new places and changes nothing else;
 * addresses no browser should be sent to are left out.
 */
export async function recordImages(
  deps: Pick<Deps, 'config' | 'now'>,
  tx: Transaction,
  found: {
    productId: string;
    images: readonly { url: string; alt: string | null; position: number }[];
  },
): Promise<void> {
  const usable = found.images.flatMap(({ url, alt, position }) => {
    const sourceUrl = webAddress(url);
    return sourceUrl ? [{ sourceUrl, alt, position, originKey: originOf(sourceUrl) }] : [];
  });
  const images = [...new Map(usable.map((image) => [image.originKey, image])).values()];
  if (images.length === 0) return;
  const assets = await recordExternalImages(
    tx,
    images.map(({ sourceUrl, alt, originKey }) => ({ id: newId('asset'), sourceUrl, alt, originKey })),
    deps.now(),
  );
  const places = images.flatMap(({ originKey, position }) => {
    const assetId = assets.get(originKey);
    return assetId ? [{ assetId, position }] : [];
  });
  await showOfProduct(deps.config, tx, { productId: found.productId, places });
}
