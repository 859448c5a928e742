import { assetReady, publish } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import type { StoredFile, UploadPurpose } from '../uploads/upload.js';
import { AssetStatus, type Asset, type AssetKind } from './asset.js';
import { findAssetsByIds, insertAsset } from './asset.store.js';

/** Makes an asset of content that is kept already, and announces `asset.ready`. */
export async function createAsset(
  tx: Transaction,
  given: StoredFile & {
    kind: AssetKind;
    ownerId: string;
    purpose: UploadPurpose;
    isPublic: boolean;
    mimeType: string;
    alt: string | null;
    now: Date;
  },
): Promise<Asset> {
  const { now, ...content } = given;
  const asset = await insertAsset(tx, {
    ...content,
    id: newId('asset'),
    status: AssetStatus.READY,
    sourceUrl: null,
    version: 1,
    unusedSince: now,
    createdAt: now,
    updatedAt: now,
  });
  const { id: assetId, ownerId, kind } = asset;
  await publish(tx, assetReady({ aggregateId: assetId, data: { assetId, ownerId, kind } }));
  return asset;
}

/** One asset as the transaction sees it. */
export async function loadAsset(tx: Transaction, id: string): Promise<Asset | null> {
  const [asset] = await findAssetsByIds(tx, [id]);
  return asset ?? null;
}
