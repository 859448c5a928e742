import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { id } from './fields.js';

const owner = 'media';

/** An upload passed its checks and its renditions exist. */
export const assetReady = defineEvent({
  type: 'asset.ready',
  owner,
  schema: z.object({
    assetId: id,
    ownerId: id.nullable().describe('Who uploaded it; null for the shop itself'),
    kind: z.enum(['IMAGE', 'VIDEO', 'MODEL', 'TEXTURE', 'ANIMATION', 'DOCUMENT']),
  }),
});

/** The pictures of a product, in the order they are shown. */
export const productMediaSet = defineEvent({
  type: 'product_media.set',
  owner,
  schema: z.object({ productId: id, assetIds: z.array(id), thumbnailUrl: z.string().nullable() }),
});

/** A brand shows another logo, or none any more. */
export const brandLogoSet = defineEvent({
  type: 'brand_logo.set',
  owner,
  schema: z.object({ brandId: id }),
});

export const assetDeleted = defineEvent({
  type: 'asset.deleted',
  owner,
  schema: z.object({ assetId: id }),
});
