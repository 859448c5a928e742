import type { Database } from '@storegraph/media-db';
import type { UploadPurpose } from '../uploads/upload.js';
import type { VariantImage } from './gallery.store.js';

export type { Database } from '@storegraph/media-db';

/** A picture of the shop's own, kept already. */
export type SeededAsset = {
  readonly id: string;
  readonly originKey: string;
  readonly purpose: UploadPurpose;
  readonly contentHash: string;
  readonly mimeType: string;
  readonly fileSize: bigint;
  readonly width: number;
  readonly height: number;
  readonly alt: string | null;
  readonly createdAt: Date;
};

/** Rows of one statement: PostgreSQL takes at most 65,535 parameters. */
const ROWS_AT_ONCE = 2_000;

export async function findSeededAssets(
  db: Database,
  originKeys: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of chunks(originKeys)) {
    const rows = await db.asset.findMany({
      where: { originKey: { in: some } },
      select: { id: true, originKey: true },
    });
    for (const { id, originKey } of rows) found.set(originKey ?? '', id);
  }
  return found;
}

/** Inserts assets; answers the id of each origin, also of those another run was first with. */
export async function insertSeededAssets(
  db: Database,
  assets: readonly SeededAsset[],
): Promise<Map<string, string>> {
  for (const some of chunks(assets)) {
    await db.asset.createMany({
      data: some.map((asset) => ({
        ...asset,
        kind: 'IMAGE' as const,
        status: 'READY' as const,
        isPublic: true,
        updatedAt: asset.createdAt,
      })),
      skipDuplicates: true,
    });
  }
  return findSeededAssets(
    db,
    assets.map(({ originKey }) => originKey),
  );
}

/** Remembers who sells products nothing is known of yet; what catalog tells later counts more. */
export async function insertSeededProducts(
  db: Database,
  products: readonly { productId: string; sellerId: string | null }[],
): Promise<void> {
  for (const some of chunks(products))
    await db.product.createMany({
      data: some.map((product) => ({ ...product, catalogVersion: 0 })),
      skipDuplicates: true,
    });
}

/** Shows assets where nothing else is shown yet. */
export async function insertSeededPlaces(
  db: Database,
  places: {
    products: readonly { productId: string; assetId: string; position: number }[];
    variants: readonly (VariantImage & { productId: string })[];
    logos: readonly { brandId: string; assetId: string }[];
    avatars: readonly { userId: string; assetId: string }[];
  },
): Promise<void> {
  const skipDuplicates = true;
  for (const data of chunks(places.products)) await db.productMedia.createMany({ data, skipDuplicates });
  for (const data of chunks(places.variants)) await db.variantImage.createMany({ data, skipDuplicates });
  for (const data of chunks(places.logos)) await db.brandLogo.createMany({ data, skipDuplicates });
  for (const data of chunks(places.avatars)) await db.avatar.createMany({ data, skipDuplicates });
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / ROWS_AT_ONCE) }, (_, at) =>
    items.slice(at * ROWS_AT_ONCE, (at + 1) * ROWS_AT_ONCE),
  );
}
