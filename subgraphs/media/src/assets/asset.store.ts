import type { Database } from '@storegraph/media-db';
import type { UploadPurpose } from '../uploads/upload.js';
import { assetFrom, type Asset } from './asset.js';

export type { Database } from '@storegraph/media-db';

export type NewAsset = Asset & {
  readonly purpose: UploadPurpose;
  /** Since when nothing shows it. */
  readonly unusedSince: Date | null;
  readonly updatedAt: Date;
};

export async function findAssetsByIds(db: Database, ids: readonly string[]): Promise<Asset[]> {
  return (await db.asset.findMany({ where: { id: { in: [...ids] } } })).map(assetFrom);
}

export async function insertAsset(db: Database, asset: NewAsset): Promise<Asset> {
  return assetFrom(await db.asset.create({ data: asset }));
}

/** Removes assets and what was made of them; answers who they were and the content they held. */
export async function deleteAssets(
  db: Database,
  ids: readonly string[],
): Promise<{ deletedIds: string[]; contentHashes: string[] }> {
  const wanted = [...ids];
  const made = await db.rendition.findMany({
    where: { assetId: { in: wanted } },
    select: { contentHash: true },
  });
  const deleted = await db.$queryRaw<{ id: string; contentHash: string | null }[]>`
    DELETE FROM assets WHERE id = ANY (${wanted}::text[]) RETURNING id, content_hash AS "contentHash"`;
  const hashes = [...made, ...deleted].flatMap(({ contentHash }) => contentHash ?? []);
  return { deletedIds: deleted.map(({ id }) => id), contentHashes: hashes };
}

/** Assets made to be shown somewhere that nothing has shown since. Pictures of reviews are the reviews' business. */
export async function findUnusedAssets(
  db: Database,
  { since, limit }: { since: Date; limit: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM assets
    WHERE unused_since < ${since} AND purpose IN ('PRODUCT', 'PROFILE', 'BRAND')
      AND NOT EXISTS (SELECT 1 FROM product_media WHERE asset_id = assets.id)
      AND NOT EXISTS (SELECT 1 FROM variant_images WHERE asset_id = assets.id)
      AND NOT EXISTS (SELECT 1 FROM avatars WHERE asset_id = assets.id)
      AND NOT EXISTS (SELECT 1 FROM brand_logos WHERE asset_id = assets.id)
    ORDER BY unused_since LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

/** What a person uploaded about themselves; what they uploaded for products belongs to the products. */
export async function findPersonalAssets(db: Database, ownerId: string): Promise<string[]> {
  const rows = await db.asset.findMany({
    where: { ownerId, purpose: { notIn: ['PRODUCT', 'BRAND'] } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Hands everything a person owns over to the shop. */
export async function disownAssets(db: Database, ownerId: string): Promise<void> {
  await db.asset.updateMany({ where: { ownerId }, data: { ownerId: null } });
}
