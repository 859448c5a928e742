import { assetDeleted, publish } from '@storegraph/events';
import { releaseBlobs } from '../blobs/keep-blob.action.js';
import type { Deps, Transaction } from '../context.js';
import { announceGalleries, findGalleriesShowing } from '../galleries/announce-gallery.action.js';
import { deleteAssets } from './asset.store.js';

export type DeleteAssetOutcome = { kind: 'deleted' } | { kind: 'not-found' };

/** Deletes an asset for good, everywhere it is shown. Caches in between may keep its bytes. */
export async function deleteAsset(deps: Deps, assetId: string): Promise<DeleteAssetOutcome> {
  return deps.prisma.$transaction(async (tx) => {
    const [deleted] = await removeAssets(deps, tx, [assetId]);
    return deleted ? { kind: 'deleted' } : { kind: 'not-found' };
  });
}

/** Deletes assets within a transaction: announces them, and the galleries that change by it. Answers who is gone. */
export async function removeAssets(
  deps: Pick<Deps, 'config' | 'now'>,
  tx: Transaction,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const productIds = await findGalleriesShowing(tx, ids);
  const { deletedIds, contentHashes } = await deleteAssets(tx, ids);
  await releaseBlobs(tx, contentHashes, deps.now());
  const events = deletedIds.map((assetId) => assetDeleted({ aggregateId: assetId, data: { assetId } }));
  await publish(tx, ...events);
  await announceGalleries(deps.config, tx, productIds);
  return deletedIds;
}
