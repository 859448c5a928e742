import type { Deps } from '../context.js';
import { announceGalleries } from './announce-gallery.action.js';
import { lockCandidates, lockGallery, replaceGallery, type VariantImage } from './gallery.store.js';
import { mayShow, type Curator, type ShowProblem } from './gallery.js';

export type SetProductMediaOutcome =
  { kind: 'set' } | { kind: 'refused'; problem: ShowProblem; position: number };

/**
 * Shows exactly these assets of a product, in this order; what was shown before and is not named is let go. All or
 * nothing; announced as `product_media.set`.
 */
export async function setProductMedia(
  deps: Deps,
  input: {
    productId: string;
    assetIds: readonly string[];
    variantImages: readonly VariantImage[];
    curator: Curator;
  },
): Promise<SetProductMediaOutcome> {
  const { productId, assetIds, variantImages, curator } = input;
  return deps.prisma.$transaction(async (tx) => {
    await lockGallery(tx, productId);
    const candidates = new Map(
      (await lockCandidates(tx, { assetIds, productId })).map((asset) => [asset.id, asset]),
    );
    for (const [position, id] of assetIds.entries()) {
      const problem = mayShow(candidates.get(id), curator);
      if (problem) return { kind: 'refused', problem, position };
    }
    await replaceGallery(tx, productId, { assetIds, variantImages, now: deps.now() });
    await announceGalleries(deps.config, tx, [productId]);
    return { kind: 'set' };
  });
}
