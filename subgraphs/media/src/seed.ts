import sharp from 'sharp';
import { newId } from '@storegraph/ids';
import { hashOf, type BlobStore } from './blobs/blob-store.js';
import type { Deps } from './context.js';
import { SVG } from './uploads/accepted-type.js';
import { UploadPurpose } from './uploads/upload.js';
import { sizeOfDrawing } from './galleries/drawing-size.js';
import {
  findSeededAssets,
  insertSeededAssets,
  insertSeededPlaces,
  insertSeededProducts,
  type SeededAsset,
} from './galleries/seed.store.js';

/** A picture of the shop's own. */
export type SeedPicture = {
  /** Names it across runs: what has been seeded under a key stays as it is. */
  readonly key: string;
  /** The file; a drawing may be SVG text, which is trusted and must come from the shop itself. */
  readonly bytes: Buffer | string;
  readonly mimeType: string;
  readonly alt: string | null;
};

export type SeedMediaInput = {
  /** Who sells each product, and so may change its pictures; `null` for the shop itself. */
  readonly products?: readonly { readonly productId: string; readonly sellerId: string | null }[];
  readonly productImages?: readonly (SeedPicture & {
    readonly productId: string;
    /** Given, the picture also stands for this variant. */
    readonly variantId?: string | null;
    readonly position: number;
  })[];
  readonly brandLogos?: readonly (SeedPicture & { readonly brandId: string })[];
  readonly avatars?: readonly (SeedPicture & { readonly userId: string })[];
};

const FILES_AT_ONCE = 16;

/**
 * Fills an empty shop with pictures. Nothing is rendered: smaller pictures are made when somebody first looks.
 * Announces nothing. Seeding again adds what is missing.
 *
 * @returns the asset id of every key
 */
export async function seedMedia(deps: Deps, input: SeedMediaInput): Promise<Map<string, string>> {
  const { products = [], productImages = [], brandLogos = [], avatars = [] } = input;
  const wanted = [
    ...productImages.map((picture) => ({ picture, purpose: UploadPurpose.PRODUCT })),
    ...brandLogos.map((picture) => ({ picture, purpose: UploadPurpose.BRAND })),
    ...avatars.map((picture) => ({ picture, purpose: UploadPurpose.PROFILE })),
  ];
  const known = await findSeededAssets(
    deps.prisma,
    wanted.map(({ picture }) => originOf(picture.key)),
  );
  const missing = wanted.filter(({ picture }) => !known.has(originOf(picture.key)));
  const fresh = await inBatches(missing, ({ picture, purpose }) => store(deps, picture, purpose));
  const assets = await insertSeededAssets(deps.prisma, fresh);
  const idOf = (key: string) => {
    const id = known.get(originOf(key)) ?? assets.get(originOf(key));
    if (!id) throw new Error(`the picture ${key} was not seeded`);
    return id;
  };
  await insertSeededProducts(deps.prisma, products);
  await insertSeededPlaces(deps.prisma, {
    products: productImages.map(({ productId, position, key }) => ({
      productId,
      position,
      assetId: idOf(key),
    })),
    variants: productImages.flatMap(({ productId, variantId, key }) =>
      variantId ? [{ variantId, productId, assetId: idOf(key) }] : [],
    ),
    logos: brandLogos.map(({ brandId, key }) => ({ brandId, assetId: idOf(key) })),
    avatars: avatars.map(({ userId, key }) => ({ userId, assetId: idOf(key) })),
  });
  return new Map(wanted.map(({ picture: { key } }) => [key, idOf(key)]));
}

const originOf = (key: string) => `seed:${key}`;

async function store(
  { blobs, now }: { blobs: BlobStore; now: () => Date },
  picture: SeedPicture,
  purpose: UploadPurpose,
): Promise<SeededAsset> {
  const content = typeof picture.bytes === 'string' ? Buffer.from(picture.bytes) : picture.bytes;
  const contentHash = hashOf(content);
  const size =
    picture.mimeType === SVG
      ? sizeOfDrawing(content.toString('utf8'))
      : await sharp(content)
          .metadata()
          .then(({ width, height }) => ({ width, height }));
  await blobs.put(contentHash, content);
  return {
    ...size,
    id: newId('asset'),
    originKey: originOf(picture.key),
    purpose,
    contentHash,
    mimeType: picture.mimeType,
    fileSize: BigInt(content.length),
    alt: picture.alt,
    createdAt: now(),
  };
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += FILES_AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + FILES_AT_ONCE).map(work))));
  return results;
}
