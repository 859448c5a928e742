import { z } from 'zod';
import { isId, type IdKind } from '@storegraph/ids';
import { MOST_SHOWN } from './gallery.js';

const idOf = (kind: IdKind, thing: string) =>
  z.string().refine((id) => isId(kind, id), `is not the id of ${thing}`);

const assetId = idOf('asset', 'an asset');

export const productMedia = z
  .object({
    productId: idOf('product', 'a product'),
    assetIds: z
      .array(assetId)
      .max(MOST_SHOWN, `has at most ${MOST_SHOWN} assets`)
      .refine((ids) => new Set(ids).size === ids.length, 'names an asset twice'),
    variantImages: z
      .array(z.object({ variantId: idOf('variant', 'a variant'), assetId }))
      .max(200, 'has at most 200 variants')
      .refine(
        (all) => new Set(all.map((each) => each.variantId)).size === all.length,
        'names a variant twice',
      )
      .nullish()
      .transform((all) => all ?? []),
  })
  .refine((input) => input.variantImages.every((each) => input.assetIds.includes(each.assetId)), {
    path: ['variantImages'],
    message: 'names an asset that is not in the gallery',
  });

export const avatar = z.object({
  assetId: assetId.nullish().transform((id) => id ?? null),
});

export const brandLogo = z.object({
  brandId: idOf('brand', 'a brand'),
  assetId: assetId.nullish().transform((id) => id ?? null),
});
