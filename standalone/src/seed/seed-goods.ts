import { seedCatalog, type SeededCatalog, type SeedProduct } from '@storegraph/catalog/seed';
import type { DemoProduct, DemoShop } from '../demo/demo-data.js';
import type { Domains } from '../domains.js';
import { minutesBefore } from './moments.js';
import type { SeededPeople } from './seed-people.js';

/** What the goods became: ids by slug and SKU. */
export type SeededGoods = SeededCatalog;

/** What a shopper may have done to any product, for a price. */
const SERVICES = [
  {
    name: 'Gift wrap',
    values: [
      { value: 'Kraft paper', priceAdjustmentMinor: 350n },
      { value: 'Linen cloth', priceAdjustmentMinor: 1_000n },
    ],
  },
];

export function seedGoods(
  { catalog }: Domains,
  shop: DemoShop,
  { people, now }: { people: SeededPeople; now: Date },
): Promise<SeededGoods> {
  const onHand = totals(shop.stock, ({ sku, onHand: count }) => [sku, count]);
  const sold = totals(
    shop.orders.flatMap(({ lines }) => lines),
    ({ productSlug, quantity }) => [productSlug, quantity],
  );
  const sellerIds = new Map(shop.sellers.map(({ slug, ownerEmail }) => [slug, people.sellerIds[ownerEmail]]));
  return seedCatalog(catalog.deps, {
    brands: shop.brands,
    categories: shop.categories,
    products: shop.products.map((demo) => ({
      ...plain(demo),
      sellerId: demo.sellerSlug ? sellerIds.get(demo.sellerSlug) : undefined,
      createdAt: minutesBefore(now, demo.createdMinutesAgo),
      copies: {
        inStock: demo.variants.some(({ sku }) => (onHand.get(sku) ?? 0) > 0),
        stockAsOf: now,
        unitsSold: sold.get(demo.slug) ?? 0,
      },
    })),
  });
}

function totals<Item>(
  items: readonly Item[],
  of: (item: Item) => [key: string, count: number],
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const item of items) {
    const [key, count] = of(item);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return sums;
}

function plain(demo: DemoProduct): SeedProduct {
  return {
    slug: demo.slug,
    name: demo.name,
    description: demo.description,
    featured: demo.isFeatured,
    brandSlug: demo.brandSlug,
    categorySlug: demo.categorySlug,
    tags: demo.tags,
    metadata: demo.specs,
    options: demo.options.map(({ name, values }) => ({
      name,
      values: values.map((value) => ({ value: value.name, hex: value.hex ?? undefined })),
    })),
    customizations: SERVICES,
    variants: demo.variants.map((variant) => ({
      sku: variant.sku,
      optionValues: variant.optionValues,
      priceMinor: variant.priceMinor,
      compareAtMinor: variant.compareAtMinor ?? undefined,
      weightGrams: variant.weightGrams,
      barcode: variant.barcode,
    })),
  };
}
