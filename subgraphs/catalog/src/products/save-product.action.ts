import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { sanitiseDescription, textOfHtml } from '../imports/html-sanitising.js';
import { mergeOptions } from '../options/option.js';
import { slugOf } from '../slug.js';
import type { Variant } from '../variants/variant.js';
import { changeProduct, type ChangeProductOutcome, type WantedProduct } from './change-product.action.js';
import { draftVariant, newVariant, requireDistinct, UnfitInput, wantedOptions } from './product-draft.js';
import type { SavedProduct } from './product-input.js';
import type { ProductAggregate, ProductRecord } from './product-record.js';
import { ProductStatus } from './product.js';

/** Who saves: staff act for the shop, a seller for themselves alone. */
export type Saver = { readonly isStaff: boolean; readonly sellerId: string | null };

/**
 * Creates a product (without `id`) or changes one: what the input leaves out stays as it is. Variants of the input
 * are added, or changed when their SKU is known; others stay. A new product of a seller is theirs.
 */
export async function saveProduct(
  deps: Deps,
  input: SavedProduct & { saver: Saver },
): Promise<ChangeProductOutcome> {
  const { saver } = input;
  if (!saver.isStaff && input.featured)
    return invalid(['input', 'featured'], 'Only the shop itself features products.');
  if (!saver.isStaff && input.sellerId && input.sellerId !== saver.sellerId)
    return invalid(['input', 'sellerId'], 'You sell for yourself only.');
  if (!input.id && !input.name) return invalid(['input', 'name'], 'A new product needs a name.');
  const target = { productId: input.id ?? null, expectedVersion: input.expectedVersion ?? null };
  return changeProduct(deps, target, (before) => {
    try {
      return draftProduct(input, before, deps);
    } catch (error) {
      if (error instanceof UnfitInput) return invalid(error.path, error.message);
      throw error;
    }
  });
}

const invalid = (path: string[], message: string) => ({ kind: 'invalid' as const, path, message });

function draftProduct(
  input: SavedProduct & { saver: Saver },
  before: ProductAggregate | null,
  deps: Deps,
): WantedProduct {
  const record = draftRecord(input, before?.record ?? null, deps);
  const wanted = wantedOptions(input, before?.options ?? [], record.currency);
  const options = mergeOptions(record.id, before?.options ?? [], wanted);
  const variants = draftVariants(input, { before: before?.variants ?? [], record, options: options.options });
  requireDistinct(variants, options.options);
  return { record, options, variants };
}

function draftRecord(
  input: SavedProduct & { saver: Saver },
  before: ProductRecord | null,
  deps: Deps,
): ProductRecord {
  const now = deps.now();
  const name = input.name ?? before?.name ?? '';
  const { description, seo } = input;
  return {
    id: before?.id ?? newId('product'),
    name,
    slug: input.slug ?? before?.slug ?? slugOf(name),
    descriptionHtml:
      typeof description === 'string' ? sanitiseDescription(description) : (before?.descriptionHtml ?? ''),
    descriptionText:
      typeof description === 'string' ? textOfHtml(description) : (before?.descriptionText ?? ''),
    status: (input.status as ProductStatus | null | undefined) ?? before?.status ?? ProductStatus.DRAFT,
    withheld: before?.withheld ?? false,
    featured: input.featured ?? before?.featured ?? false,
    metadata: input.metadata === undefined ? (before?.metadata ?? null) : input.metadata,
    seoTitle: seo ? (seo.title ?? null) : (before?.seoTitle ?? null),
    seoDescription: seo ? (seo.description ?? null) : (before?.seoDescription ?? null),
    seoCanonicalUrl: seo ? (seo.canonicalUrl ?? null) : (before?.seoCanonicalUrl ?? null),
    seoNoIndex: seo ? (seo.noIndex ?? false) : (before?.seoNoIndex ?? false),
    categoryId: input.categoryId === undefined ? (before?.categoryId ?? null) : input.categoryId,
    brandId: input.brandId === undefined ? (before?.brandId ?? null) : input.brandId,
    sellerId:
      input.sellerId ?? (before ? before.sellerId : input.saver.isStaff ? null : input.saver.sellerId),
    tags: input.tags ? [...new Set(input.tags)] : (before?.tags ?? []),
    currency: before?.currency ?? deps.currency,
    source: before?.source ?? null,
    sourceHandle: before?.sourceHandle ?? null,
    sourceHash: before?.sourceHash ?? null,
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

function draftVariants(
  input: SavedProduct,
  of: { before: readonly Variant[]; record: ProductRecord; options: WantedProduct['options']['options'] },
): Variant[] {
  const { record, options, before } = of;
  const next = before.reduce((most, { position }) => Math.max(most, position + 1), 0);
  const drafted = (input.variants ?? []).map((fields, at) =>
    draftVariant(fields, before.find(({ sku }) => sku === fields.sku) ?? newVariant(next + at), {
      productId: record.id,
      productName: record.name,
      currency: record.currency,
      options,
      now: record.updatedAt,
      path: ['input', 'variants', String(at)],
    }),
  );
  if (new Set(drafted.map(({ sku }) => sku)).size < drafted.length)
    throw new UnfitInput(['input', 'variants'], 'has an SKU more than once');
  const changed = new Set(drafted.map(({ id }) => id));
  return [...before.filter(({ id }) => !changed.has(id)), ...drafted];
}
