import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { currency, id, minor, text } from './fields.js';

const owner = 'catalog';

/** A product was created or changed; carries its present state, so the newest version wins. */
export const productSaved = defineEvent({
  type: 'product.saved',
  owner,
  schema: z.object({
    productId: id,
    slug: text,
    name: text,
    sellerId: id.nullable(),
    status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']),
    version: z.int().min(0).describe('Grows with every change'),
    variants: z.array(z.object({ variantId: id, sku: text })),
    retiredVariantIds: z.array(id).default([]).describe('Variants it had and offers no longer'),
  }),
});

export const productDeleted = defineEvent({
  type: 'product.deleted',
  owner,
  schema: z.object({ productId: id, variantIds: z.array(id).default([]) }),
});

export const priceChanged = defineEvent({
  type: 'price.changed',
  owner,
  schema: z.object({
    variantId: id,
    productId: id.nullable().default(null).describe('Null in events from before it was told'),
    priceMinor: minor,
    currency,
  }),
});

/** A category was made, changed or moved; what lies below it moved along. */
export const categorySaved = defineEvent({
  type: 'category.saved',
  owner,
  schema: z.object({ categoryId: id }),
});

export const brandSaved = defineEvent({
  type: 'brand.saved',
  owner,
  schema: z.object({ brandId: id }),
});

/** Stock counted in an import file; orders sets its stock from it. A large file is several events. */
export const inventoryImported = defineEvent({
  type: 'inventory.imported',
  owner,
  schema: z.object({
    rows: z.array(
      z.object({
        variantId: id,
        sku: text,
        quantity: z.int().min(0).describe('On hand after the import, not a difference'),
        policy: z.enum(['deny', 'continue']).describe('Whether it may be sold when none is left'),
      }),
    ),
  }),
});

/** Pictures an import named by address; media fetches them and answers with `product_media.set`. */
export const imageRecorded = defineEvent({
  type: 'image.recorded',
  owner,
  schema: z.object({
    productId: id,
    images: z.array(
      z.object({
        url: z.string().max(4096),
        alt: text.nullable().default(null),
        position: z.int().min(0),
      }),
    ),
  }),
});
