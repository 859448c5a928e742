import { publish } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { mergeOptions, OptionKind, type WantedOption } from '../options/option.js';
import type { PriceRow } from '../prices/price.js';
import { addPrices } from '../prices/write-prices.action.js';
import { variantName, type Variant } from '../variants/variant.js';
import { newsOf } from './product-news.js';
import type { ProductChange, ProductCopies } from './product-record.js';
import { ProductStatus } from './product.js';
import { holdersOfSlugs, writeProducts } from './write-products.action.js';

/** A variant of demonstration data. */
export type SeedVariant = {
  readonly sku: string;
  /** One value per option of the product, in their order. */
  readonly optionValues?: readonly string[];
  readonly priceMinor: bigint;
  readonly compareAtMinor?: bigint;
  readonly weightGrams?: number;
  readonly barcode?: string;
  /** Prices for other currencies and larger quantities. */
  readonly prices?: readonly { currency: string; minQuantity: number; priceMinor: bigint }[];
};

/** A product of demonstration data; active unless it says otherwise. */
export type SeedProduct = {
  readonly slug: string;
  readonly name: string;
  /** Plain text; a blank line begins a paragraph. */
  readonly description?: string;
  readonly status?: 'DRAFT' | 'ACTIVE' | 'ARCHIVED';
  readonly featured?: boolean;
  readonly brandSlug?: string;
  readonly categorySlug?: string;
  readonly sellerId?: string;
  readonly tags?: readonly string[];
  readonly metadata?: unknown;
  readonly options?: readonly {
    name: string;
    values: readonly { value: string; hex?: string }[];
  }[];
  readonly customizations?: readonly {
    name: string;
    required?: boolean;
    values: readonly { value: string; hex?: string; priceAdjustmentMinor?: bigint }[];
  }[];
  readonly variants: readonly SeedVariant[];
  /** What other domains would have told by now. */
  readonly copies?: ProductCopies;
  readonly createdAt?: Date;
};

/** Brands and categories as products of the seed name them. */
export type SeedNames = {
  readonly brands: ReadonlyMap<string, { id: string; name: string }>;
  readonly categories: ReadonlyMap<string, { id: string; name: string }>;
};

/**
 * Writes one batch of demonstration products; those whose slug exists are left as they are. Nothing is announced
 * unless `announce` says so: the other domains have seeds of their own.
 */
export async function seedProducts(
  deps: Deps,
  batch: readonly SeedProduct[],
  { names, announce }: { names: SeedNames; announce: boolean },
): Promise<void> {
  const now = deps.now();
  await deps.prisma.$transaction(
    async (tx: Transaction) => {
      const known = await holdersOfSlugs(
        tx,
        batch.map(({ slug }) => slug),
      );
      const added = batch
        .filter(({ slug }) => !known.has(slug))
        .map((product) => plan(product, names, { currency: deps.currency, now }));
      await writeProducts(
        tx,
        added.map(({ change }) => change),
      );
      await addPrices(
        tx,
        added.flatMap(({ prices }) => prices),
      );
      if (announce) await publish(tx, ...added.flatMap(({ change }) => newsOf(change, [])));
    },
    { timeout: 60_000 },
  );
}

function plan(
  product: SeedProduct,
  names: SeedNames,
  of: { currency: string; now: Date },
): { change: ProductChange; prices: PriceRow[] } {
  const id = newId('product');
  const brand = product.brandSlug === undefined ? null : named(names.brands, product.brandSlug);
  const category = product.categorySlug === undefined ? null : named(names.categories, product.categorySlug);
  const options = mergeOptions(id, [], wantedOptions(product));
  const valueIds = new Map(
    options.options.flatMap((option) =>
      option.values.map((value) => [`${option.name}\n${value.value}`, value.id]),
    ),
  );
  const createdAt = product.createdAt ?? of.now;
  const variants = product.variants.map((variant, position) =>
    planVariant(product, variant, { productId: id, position, valueIds, createdAt, currency: of.currency }),
  );
  const { slug, name, description = '', tags = [], featured = false, metadata = null, copies } = product;
  const change: ProductChange = {
    record: {
      ...NOTHING_KNOWN,
      id,
      slug,
      name,
      descriptionHtml: paragraphs(description),
      descriptionText: description,
      status: ProductStatus[product.status ?? 'ACTIVE'],
      featured,
      metadata,
      categoryId: category?.id ?? null,
      brandId: brand?.id ?? null,
      sellerId: product.sellerId ?? null,
      tags,
      currency: of.currency,
      createdAt,
      updatedAt: createdAt,
    },
    options,
    variants,
    brandName: brand?.name ?? null,
    categoryName: category?.name ?? null,
    copies,
  };
  return { change, prices: variants.flatMap((variant, at) => pricesOf(product.variants[at], variant.id)) };
}

const NOTHING_KNOWN = {
  withheld: false,
  seoTitle: null,
  seoDescription: null,
  seoCanonicalUrl: null,
  seoNoIndex: false,
  source: null,
  sourceHandle: null,
  sourceHash: null,
  version: 1,
};

function named(names: ReadonlyMap<string, { id: string; name: string }>, slug: string) {
  const found = names.get(slug);
  if (!found) throw new TypeError(`the seed names "${slug}" but does not describe it`);
  return found;
}

function wantedOptions({ options = [], customizations = [] }: SeedProduct): WantedOption[] {
  return [
    ...options.map((option) => ({ ...option, kind: OptionKind.CHOICE })),
    ...customizations.map((option) => ({ ...option, kind: OptionKind.CUSTOMIZATION })),
  ];
}

function planVariant(
  product: SeedProduct,
  variant: SeedVariant,
  of: {
    productId: string;
    position: number;
    valueIds: ReadonlyMap<string, string>;
    createdAt: Date;
    currency: string;
  },
): Variant {
  const {
    sku,
    optionValues = [],
    priceMinor,
    compareAtMinor = null,
    weightGrams = 0,
    barcode = null,
  } = variant;
  return {
    id: newId('variant'),
    productId: of.productId,
    sku,
    name: variantName(optionValues, product.name),
    optionValueIds: optionValues.map((value, at) => {
      const id = of.valueIds.get(`${product.options?.[at]?.name}\n${value}`);
      if (!id)
        throw new TypeError(`the seed's variant ${sku} has "${value}", which its product does not offer`);
      return id;
    }),
    position: of.position,
    weightGrams,
    barcode,
    requiresShipping: true,
    taxable: true,
    currency: of.currency,
    priceMinor,
    compareAtMinor,
    costMinor: null,
    active: true,
    sellable: null,
    inStock: product.copies?.inStock ?? null,
    stockAsOf: product.copies?.stockAsOf ?? null,
    createdAt: of.createdAt,
    updatedAt: of.createdAt,
  };
}

function pricesOf(variant: SeedVariant | undefined, variantId: string): PriceRow[] {
  return (variant?.prices ?? []).map((price) => ({ ...price, variantId, compareAtMinor: null }));
}

function paragraphs(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return safe
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => `<p>${part}</p>`)
    .join('\n');
}
