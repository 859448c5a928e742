import { publish } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import { mergeOptions, type MergedOptions } from '../options/option.js';
import type { PriceRow } from '../prices/price.js';
import { setPrices } from '../prices/write-prices.action.js';
import type { Variant } from '../variants/variant.js';
import { holdersOfSkus } from '../variants/write-variants.action.js';
import { takenName } from '../taken-name.js';
import { newsOf } from './product-news.js';
import type { ProductAggregate, ProductChange, ProductRecord } from './product-record.js';
import { ProductStatus } from './product.js';
import { findBrandAndCategoryNames, findHoldersOfSlugs, isSellerSuspended } from './product.store.js';
import { lockAggregates, writeProducts } from './write-products.action.js';

/** A product as it shall be; the aggregate as it was is known to whoever wants the change. */
export type WantedProduct = {
  readonly record: ProductRecord;
  readonly options: MergedOptions;
  readonly variants: readonly Variant[];
  /** Takes the place of one variant's prices for other currencies and quantities. */
  readonly prices?: { readonly variantId: string; readonly rows: readonly PriceRow[] };
};

export type ProductProblem = { readonly kind: 'invalid'; readonly path: string[]; readonly message: string };

export type ChangeProductOutcome =
  | { kind: 'changed'; productId: string; version: number }
  | { kind: 'not-found' }
  | { kind: 'conflict'; currentVersion: number }
  | { kind: 'slug-taken'; slug: string }
  | { kind: 'sku-taken'; sku: string }
  | ProductProblem;

type Change = (before: ProductAggregate | null) => WantedProduct | ProductProblem;

/**
 * Changes one product, or makes a new one when `productId` is null. Writers of one product take turns; the version
 * grows by one and `product.saved` and `price.changed` are announced in the same transaction.
 *
 * @param target.expectedVersion refuses with `conflict` when the product has another version; null changes any
 */
export async function changeProduct(
  deps: Deps,
  target: { productId: string | null; expectedVersion: number | null },
  change: Change,
): Promise<ChangeProductOutcome> {
  try {
    return await deps.prisma.$transaction(async (tx) => {
      const [before = null] = target.productId ? await lockAggregates(tx, [target.productId]) : [];
      if (target.productId && !before) return { kind: 'not-found' };
      if (before && target.expectedVersion !== null && before.record.version !== target.expectedVersion)
        return { kind: 'conflict', currentVersion: before.record.version };
      const wanted = change(before);
      if ('kind' in wanted) return wanted;
      return writeWanted(tx, wanted, before);
    });
  } catch (error) {
    const taken = takenName(error);
    if (taken?.index === 'products_slug_key') return { kind: 'slug-taken', slug: taken.value };
    if (taken?.index === 'variants_sku_key') return { kind: 'sku-taken', sku: taken.value };
    throw error;
  }
}

async function writeWanted(
  tx: Transaction,
  wanted: WantedProduct,
  before: ProductAggregate | null,
): Promise<ChangeProductOutcome> {
  const { record, variants } = wanted;
  const [slugHolder] = await findHoldersOfSlugs(tx, [record.slug]);
  if (slugHolder && slugHolder.id !== record.id) return { kind: 'slug-taken', slug: record.slug };
  const own = new Set(variants.map(({ id }) => id));
  for (const [sku, holder] of await holdersOfSkus(
    tx,
    variants.map(({ sku }) => sku),
  )) {
    if (!own.has(holder.id)) return { kind: 'sku-taken', sku };
  }
  const names = await findBrandAndCategoryNames(tx, record);
  const problem = problemOf(wanted, names);
  if (problem) return problem;
  const withheld = record.sellerId !== null && (await isSellerSuspended(tx, record.sellerId));
  const { options } = wanted;
  const change: ProductChange = { ...names, options, variants, record: { ...record, withheld } };
  await writeProducts(tx, [change]);
  if (wanted.prices) await setPrices(tx, wanted.prices);
  await publish(tx, ...newsOf(change, before?.variants ?? []));
  return { kind: 'changed', productId: record.id, version: record.version };
}

function problemOf(
  { record, variants }: WantedProduct,
  names: { brandName: string | null; categoryName: string | null },
): ProductProblem | null {
  const invalid = (field: string, message: string): ProductProblem => ({
    kind: 'invalid',
    path: ['input', field],
    message,
  });
  if (record.brandId && names.brandName === null) return invalid('brandId', 'There is no such brand.');
  if (record.categoryId && names.categoryName === null)
    return invalid('categoryId', 'There is no such category.');
  if (record.status === ProductStatus.ACTIVE && !variants.some(({ active }) => active))
    return invalid('status', 'A product needs at least one variant before shoppers can find it.');
  return null;
}

/** The options of a product nobody means to change. */
export function sameOptions(before: ProductAggregate): MergedOptions {
  return { ...mergeOptions(before.record.id, [], []), options: before.options };
}
