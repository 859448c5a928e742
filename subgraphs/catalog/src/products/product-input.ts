import { z } from 'zod';
import { idOf, line, slugText, whole } from '../input-rules.js';

const MOST_MINOR = 100_000_000_000_000n;

/** An exact amount above nothing; turned into minor units where the currency is known. */
export const price = z.string().refine((text) => /[1-9]/.test(text) && !text.startsWith('-'), 'is above 0');

export const isSane = (minor: bigint) => minor <= MOST_MINOR;

const hex = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'is a colour such as #1a2b3c')
  .transform((text) => text.toLowerCase())
  .nullish()
  .transform((text) => text ?? null);

const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => string) =>
  new Set(items.map(keyOf)).size === items.length;

const values = <Shape extends z.ZodRawShape>(more: Shape) =>
  z
    .array(z.object({ value: line(1, 255), hex, ...more }))
    .min(1, 'has at least one value')
    .max(250, 'has at most 250 values')
    .refine(
      (list) => distinct(list, (item) => (item as { value: string }).value),
      'has a value more than once',
    );

export const productOption = z.object({ name: line(1, 255), values: values({}) });

export const customization = z.object({
  name: line(1, 255),
  required: z.boolean(),
  values: values({
    priceAdjustment: z
      .string()
      .nullish()
      .transform((text) => text ?? '0'),
  }),
});

export const named = <Item extends z.ZodType<{ name: string }>>(item: Item, most: number) =>
  z
    .array(item)
    .max(most, `has at most ${most} entries`)
    .refine((list) => distinct(list, ({ name }) => name), 'has a name more than once');

const quantityPrice = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  minQuantity: whole(1, 1_000_000),
  price,
  compareAtPrice: price.nullish(),
});

export const variantFields = {
  sku: line(1, 255),
  name: line(1, 255).nullish(),
  optionValues: z.array(z.object({ name: line(1, 255), value: line(1, 255) })).max(10),
  price,
  compareAtPrice: price.nullish(),
  weightGrams: whole(0, 2_147_483).nullish(),
  barcode: line(1, 64).nullish(),
  requiresShipping: z.boolean().nullish(),
  taxable: z.boolean().nullish(),
  position: whole(0, 100_000).nullish(),
};

export const savedVariant = z.object({
  id: idOf('variant', 'variant').nullish(),
  productId: idOf('product', 'product').nullish(),
  expectedVersion: z.int().nullish(),
  ...variantFields,
  prices: z
    .array(quantityPrice)
    .max(100)
    .refine(
      (rows) => distinct(rows, ({ currency, minQuantity }) => `${currency} ${minQuantity}`),
      'has two prices for the same currency and quantity',
    )
    .nullish(),
});

const seo = z.object({
  title: line(1, 255).nullish(),
  description: line(1, 1_000).nullish(),
  canonicalUrl: z.url().max(2_048).nullish(),
  noIndex: z.boolean().nullish(),
});

export const savedProduct = z.object({
  id: idOf('product', 'product').nullish(),
  expectedVersion: z.int().nullish(),
  name: line(1, 255).nullish(),
  slug: slugText.nullish(),
  description: z
    .string()
    .max(512 * 1024, 'has at most 524,288 characters')
    .nullish(),
  status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']).nullish(),
  featured: z.boolean().nullish(),
  metadata: z
    .unknown()
    .refine(
      (value) => (JSON.stringify(value ?? null) ?? '').length <= 20_000,
      'has at most 20,000 characters',
    )
    .optional(),
  seo: seo.nullish(),
  categoryId: idOf('category', 'category').nullish(),
  brandId: idOf('brand', 'brand').nullish(),
  sellerId: idOf('seller', 'seller').nullish(),
  tags: z.array(line(1, 255)).max(250, 'has at most 250 tags').nullish(),
  options: named(productOption, 10).nullish(),
  customizations: named(customization, 20).nullish(),
  variants: z.array(z.object(variantFields)).max(2_000, 'has at most 2,000 variants').nullish(),
});

export type SavedVariant = z.output<typeof savedVariant>;
export type SavedProduct = z.output<typeof savedProduct>;
export type VariantFields = Pick<SavedVariant, keyof typeof variantFields>;
