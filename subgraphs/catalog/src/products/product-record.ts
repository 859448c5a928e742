import { choicesOf, optionTerm, type MergedOptions, type Option } from '../options/option.js';
import type { Variant } from '../variants/variant.js';
import type { ProductStatus } from './product.js';

/** A row of `products`, all that is written of it by people and imports. Copies of other domains are not part of it. */
export type ProductRecord = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly descriptionHtml: string;
  readonly descriptionText: string;
  readonly status: ProductStatus;
  readonly withheld: boolean;
  readonly featured: boolean;
  readonly metadata: unknown;
  readonly seoTitle: string | null;
  readonly seoDescription: string | null;
  readonly seoCanonicalUrl: string | null;
  readonly seoNoIndex: boolean;
  readonly categoryId: string | null;
  readonly brandId: string | null;
  readonly sellerId: string | null;
  readonly tags: readonly string[];
  readonly currency: string;
  readonly source: string | null;
  readonly sourceHandle: string | null;
  readonly sourceHash: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** A product with all that belongs to it. */
export type ProductAggregate = {
  readonly record: ProductRecord;
  readonly options: readonly Option[];
  readonly variants: readonly Variant[];
};

/** What is written of a product: its aggregate, what of it is gone, and the names its text search knows. */
export type ProductChange = {
  readonly record: ProductRecord;
  readonly options: MergedOptions;
  readonly variants: readonly Variant[];
  readonly brandName: string | null;
  readonly categoryName: string | null;
  /** Copies known from the start, of demonstration data and imports; `null` leaves what is known. */
  readonly copies?: ProductCopies;
};

export type ProductCopies = {
  readonly inStock?: boolean | null;
  readonly stockAsOf?: Date | null;
  readonly rating?: number;
  readonly ratingAverage?: number | null;
  readonly unitsSold?: number;
};

/** What lists filter, sort and show without reading variants. */
export type ProductSummary = {
  readonly keywords: string;
  readonly optionTerms: readonly string[];
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly defaultVariantId: string | null;
};

/** The part of a product's row that follows from its variants, options and names. */
export function summarise(change: ProductChange): ProductSummary {
  const { record, brandName, categoryName } = change;
  const active = change.variants
    .filter((variant) => variant.active)
    .sort((left, right) => left.position - right.position || (left.id < right.id ? -1 : 1));
  const prices = active.map(({ priceMinor }) => priceMinor);
  const used = new Set(active.flatMap(({ optionValueIds }) => optionValueIds));
  const values = choicesOf(change.options.options).flatMap((option) =>
    option.values.filter(({ id }) => used.has(id)).map(({ value }) => ({ name: option.name, value })),
  );
  const known = [brandName, categoryName, ...record.tags, ...values.map(({ value }) => value)];
  return {
    keywords: words([...known, ...active.map(({ sku }) => sku)]),
    optionTerms: [...new Set(values.map(({ name, value }) => optionTerm(name, value)))],
    priceMinMinor: prices.reduce((least, price) => (price < least ? price : least), prices[0] ?? 0n),
    priceMaxMinor: prices.reduce((most, price) => (price > most ? price : most), 0n),
    defaultVariantId: active[0]?.id ?? null,
  };
}

const MOST_KEYWORDS = 500;

/** Letters and digits only, so that the full text splits an SKU as it splits a query. */
function words(texts: readonly (string | null)[]): string {
  const found = texts.flatMap((text) => text?.match(/[\p{L}\p{N}]+/gu) ?? []);
  return [...new Set(found)].slice(0, MOST_KEYWORDS).join(' ');
}
