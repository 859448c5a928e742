import { Prisma, type Database } from '@storegraph/media-db';
import { assetFrom, type Asset, type AssetRow } from '../assets/asset.js';

export type { Database } from '@storegraph/media-db';

/** An asset with what it belongs to: a product, a variant, a person or a brand. */
export type AssetOf = Asset & { readonly of: string };

const COLUMNS = Prisma.sql`a.id, a.kind::text AS kind, a.status::text AS status, a.owner_id AS "ownerId", a.is_public AS "isPublic",
  a.content_hash AS "contentHash", a.mime_type AS "mimeType", a.file_size AS "fileSize", a.width, a.height,
  a.dominant_color AS "dominantColor", a.alt, a.source_url AS "sourceUrl", a.version, a.created_at AS "createdAt"`;

type Row = AssetRow & { of: string };

/** Everything shown of each product, in order. */
export async function findMediaOfProducts(db: Database, productIds: readonly string[]): Promise<AssetOf[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT m.product_id AS of, ${COLUMNS} FROM product_media m JOIN assets a ON a.id = m.asset_id
    WHERE m.product_id = ANY (${[...productIds]}::text[]) ORDER BY m.position, a.id`;
  return rows.map(assetFrom);
}

/** The first picture of each product. */
export async function findThumbnails(db: Database, productIds: readonly string[]): Promise<AssetOf[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT DISTINCT ON (m.product_id) m.product_id AS of, ${COLUMNS}
    FROM product_media m JOIN assets a ON a.id = m.asset_id
    WHERE m.product_id = ANY (${[...productIds]}::text[]) AND a.kind = 'IMAGE'
    ORDER BY m.product_id, m.position, a.id`;
  return rows.map(assetFrom);
}

export async function findVariantImages(db: Database, variantIds: readonly string[]): Promise<AssetOf[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT v.variant_id AS of, ${COLUMNS} FROM variant_images v JOIN assets a ON a.id = v.asset_id
    WHERE v.variant_id = ANY (${[...variantIds]}::text[])`;
  return rows.map(assetFrom);
}

export async function findAvatars(db: Database, userIds: readonly string[]): Promise<AssetOf[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.user_id AS of, ${COLUMNS} FROM avatars p JOIN assets a ON a.id = p.asset_id
    WHERE p.user_id = ANY (${[...userIds]}::text[])`;
  return rows.map(assetFrom);
}

export async function findBrandLogos(db: Database, brandIds: readonly string[]): Promise<AssetOf[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT l.brand_id AS of, ${COLUMNS} FROM brand_logos l JOIN assets a ON a.id = l.asset_id
    WHERE l.brand_id = ANY (${[...brandIds]}::text[])`;
  return rows.map(assetFrom);
}

/** Products that show any of the assets. */
export async function findProductsShowing(db: Database, assetIds: readonly string[]): Promise<string[]> {
  const rows = await db.productMedia.findMany({
    where: { assetId: { in: [...assetIds] } },
    distinct: ['productId'],
    select: { productId: true },
  });
  return rows.map(({ productId }) => productId);
}

/** The assets themselves, and whether the product shows them already. Locked against being deleted meanwhile. */
export async function lockCandidates(
  db: Database,
  { assetIds, productId }: { assetIds: readonly string[]; productId: string | null },
): Promise<(Asset & { isShown: boolean })[]> {
  const rows = await db.$queryRaw<(AssetRow & { isShown: boolean })[]>`
    SELECT ${COLUMNS}, EXISTS (
      SELECT 1 FROM product_media m WHERE m.asset_id = a.id AND m.product_id = ${productId}
    ) AS "isShown"
    FROM assets a WHERE a.id = ANY (${[...assetIds]}::text[]) FOR KEY SHARE`;
  return rows.map(assetFrom);
}

/** Takes turns with everyone who changes the gallery, also of a product never heard of. */
export async function lockGallery(db: Database, productId: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO products (product_id) VALUES (${productId})
    ON CONFLICT (product_id) DO UPDATE SET product_id = EXCLUDED.product_id`;
}

export type VariantImage = { readonly variantId: string; readonly assetId: string };

/** Puts a new gallery in the place of the old one. */
export async function replaceGallery(
  db: Database,
  productId: string,
  gallery: { assetIds: readonly string[]; variantImages: readonly VariantImage[]; now: Date },
): Promise<void> {
  const shown = await db.productMedia.findMany({ where: { productId }, select: { assetId: true } });
  await db.productMedia.deleteMany({ where: { productId } });
  await db.variantImage.deleteMany({
    where: {
      OR: [{ productId }, { variantId: { in: gallery.variantImages.map((each) => each.variantId) } }],
    },
  });
  await db.productMedia.createMany({
    data: gallery.assetIds.map((assetId, position) => ({ productId, assetId, position })),
  });
  await db.variantImage.createMany({ data: gallery.variantImages.map((each) => ({ ...each, productId })) });
  const before = shown.map(({ assetId }) => assetId).filter((id) => !gallery.assetIds.includes(id));
  await markUse(db, { used: gallery.assetIds, released: before, now: gallery.now });
}

/** Adds assets to a gallery, or moves those it has. */
export async function addToGallery(
  db: Database,
  productId: string,
  places: readonly { assetId: string; position: number }[],
): Promise<void> {
  const assetIds = places.map(({ assetId }) => assetId);
  const positions = places.map(({ position }) => position);
  await db.$executeRaw`
    INSERT INTO product_media (product_id, asset_id, position)
    SELECT ${productId}, place.asset_id, place.position
    FROM unnest(${assetIds}::text[], ${positions}::int[]) AS place (asset_id, position)
    ON CONFLICT (product_id, asset_id) DO UPDATE SET position = EXCLUDED.position`;
  await db.asset.updateMany({ where: { id: { in: assetIds } }, data: { unusedSince: null } });
}

/** Removes what is shown of a product; the pictures themselves stay for a while. */
export async function deleteGallery(db: Database, productId: string, now: Date): Promise<void> {
  await replaceGallery(db, productId, { assetIds: [], variantImages: [], now });
  await db.product.deleteMany({ where: { productId } });
}

/** Puts a person's portrait in the place of the earlier one; none when `assetId` is `null`. */
export async function replaceAvatar(
  db: Database,
  { userId, assetId, now }: { userId: string; assetId: string | null; now: Date },
): Promise<void> {
  const before = await db.avatar.findMany({ where: { userId }, select: { assetId: true } });
  await db.avatar.deleteMany({ where: { userId } });
  if (assetId) await db.avatar.create({ data: { userId, assetId } });
  await markUse(db, { used: assetId ? [assetId] : [], released: before.map((each) => each.assetId), now });
}

/** Puts a brand's logo in the place of the earlier one; none when `assetId` is `null`. */
export async function replaceBrandLogo(
  db: Database,
  { brandId, assetId, now }: { brandId: string; assetId: string | null; now: Date },
): Promise<void> {
  const before = await db.brandLogo.findMany({ where: { brandId }, select: { assetId: true } });
  await db.brandLogo.deleteMany({ where: { brandId } });
  if (assetId) await db.brandLogo.create({ data: { brandId, assetId } });
  await markUse(db, { used: assetId ? [assetId] : [], released: before.map((each) => each.assetId), now });
}

async function markUse(
  db: Database,
  { used, released, now }: { used: readonly string[]; released: readonly string[]; now: Date },
): Promise<void> {
  const fresh = released.filter((id) => !used.includes(id));
  await db.asset.updateMany({ where: { id: { in: fresh } }, data: { unusedSince: now } });
  await db.asset.updateMany({ where: { id: { in: [...used] } }, data: { unusedSince: null } });
}
