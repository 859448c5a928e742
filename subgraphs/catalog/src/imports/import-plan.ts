import { createHash } from 'node:crypto';
import { newId } from '@storegraph/ids';
import { mergeOptions, OptionKind, type Option, type WantedOption } from '../options/option.js';
import type { ProductAggregate, ProductChange, ProductRecord } from '../products/product-record.js';
import { ProductStatus } from '../products/product.js';
import { variantName, type Variant } from '../variants/variant.js';
import { deriveHashedSku } from './derived-sku.js';
import type { ImportedProduct, ImportedVariant, RowIssue } from './imported-product.js';

/** What the handles of a file belong to: the same handle of two sellers is two products. */
export const IMPORT_SOURCE = 'shopify';

/** What a product of a file meets in the catalog. */
export type Surroundings = {
  readonly before: ProductAggregate | null;
  readonly brandId: string | null;
  readonly categoryId: string | null;
  readonly sellerId: string | null;
  readonly currency: string;
  readonly now: Date;
  /** Which product has the slug the file asks for, if one has. */
  readonly slugHolder: string | null;
  /** Which product has each SKU of the file, where one has. */
  readonly skuHolders: ReadonlyMap<string, string>;
};

/** What is to be done for a product of a file. */
export type PlannedProduct = {
  readonly change: ProductChange;
  readonly issues: readonly RowIssue[];
  /** Whether stock and pictures differ from what this file said before. */
  readonly isInventoryNew: boolean;
  readonly areImagesNew: boolean;
  /** Each variant of the file with the variant it becomes. */
  readonly variants: readonly { readonly variant: Variant; readonly imported: ImportedVariant }[];
};

/**
 * Fingerprints of what a file says about a product: of itself, its stock and its pictures, each by itself, so that a
 * new price does not set stock back to what the file once counted.
 */
export function fingerprint(product: ImportedProduct): string {
  const { images, variants, ...rest } = product;
  const goods = variants.map(
    ({ rowNumber: _row, inventory: _stock, imageUrl: _image, ...variant }) => variant,
  );
  const stock = variants.map(({ sku, inventory }) => [sku, inventory]);
  return [{ ...rest, goods }, stock, images].map(digest).join('.');
}

function digest(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Makes a product of the catalog what the file says. Variants the file no longer has are withdrawn. */
export function planProduct(product: ImportedProduct, around: Surroundings): PlannedProduct {
  const { before } = around;
  const hash = fingerprint(product);
  const record = recordOf(product, around, hash);
  const options = mergeOptions(record.id, before?.options ?? [], [
    ...product.options.map(({ name, values }) => ({
      kind: OptionKind.CHOICE,
      name,
      values: values.map((value) => ({ value, hex: knownHex(before, name, value) })),
    })),
    ...keptCustomizations(before),
  ]);
  const { variants, issues } = planVariants(product, { around, record, options: options.options });
  const kept = new Set(variants.map(({ variant }) => variant.id));
  const withdrawn = (before?.variants ?? [])
    .filter(({ id }) => !kept.has(id))
    .map((variant) => ({ ...variant, active: false }));
  const [, stock, images] = hash.split('.');
  const [, stockBefore, imagesBefore] = before?.record.sourceHash?.split('.') ?? [];
  return {
    change: {
      record,
      options,
      variants: [...variants.map(({ variant }) => variant), ...withdrawn],
      brandName: product.vendor,
      categoryName: product.type,
      copies: { inStock: variants.some(({ variant }) => variant.inStock), stockAsOf: around.now },
    },
    issues,
    isInventoryNew: stock !== stockBefore,
    areImagesNew: images !== imagesBefore && product.images.length > 0,
    variants,
  };
}

function recordOf(product: ImportedProduct, around: Surroundings, sourceHash: string): ProductRecord {
  const { before, now, sellerId } = around;
  const known = before?.record;
  return {
    id: known?.id ?? newId('product'),
    slug: known?.slug ?? slugFor(product.handle, around),
    name: product.title,
    descriptionHtml: product.bodyHtml,
    descriptionText: product.bodyText,
    status: statusOf(product),
    withheld: known?.withheld ?? false,
    featured: known?.featured ?? false,
    metadata: known?.metadata ?? null,
    seoTitle: product.seo.title,
    seoDescription: product.seo.description,
    seoCanonicalUrl: known?.seoCanonicalUrl ?? null,
    seoNoIndex: known?.seoNoIndex ?? false,
    categoryId: around.categoryId,
    brandId: around.brandId,
    sellerId,
    tags: product.tags,
    currency: around.currency,
    source: IMPORT_SOURCE,
    sourceHandle: product.handle,
    sourceHash,
    version: (known?.version ?? 0) + 1,
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  };
}

function slugFor(handle: string, { slugHolder, sellerId }: Surroundings): string {
  return slugHolder === null ? handle : `${handle}-${digest([sellerId, handle]).slice(0, 6)}`;
}

function statusOf({ status, published }: ImportedProduct): ProductStatus {
  if (status === 'archived') return ProductStatus.ARCHIVED;
  return status === 'active' && published ? ProductStatus.ACTIVE : ProductStatus.DRAFT;
}

/** Colours are the shop's own work; files know none. */
function knownHex(before: ProductAggregate | null, name: string, value: string): string | null {
  const option = before?.options.find((known) => known.kind === OptionKind.CHOICE && known.name === name);
  return option?.values.find((known) => known.value === value)?.hex ?? null;
}

function keptCustomizations(before: ProductAggregate | null): WantedOption[] {
  return (before?.options ?? []).filter(({ kind }) => kind === OptionKind.CUSTOMIZATION);
}

function planVariants(
  product: ImportedProduct,
  of: { around: Surroundings; record: ProductRecord; options: readonly Option[] },
): Pick<PlannedProduct, 'variants' | 'issues'> {
  const { around, record, options } = of;
  const valueIds = product.options.map(({ name }) => {
    const option = options.find((known) => known.kind === OptionKind.CHOICE && known.name === name);
    return new Map(option?.values.map(({ value, id }) => [value, id]));
  });
  const issues: RowIssue[] = [];
  const taken = new Set<string>();
  const variants = product.variants.map((imported, position) => {
    const optionValueIds = imported.optionValues.map((value, at) => valueIds[at]?.get(value) ?? '');
    const holder = around.skuHolders.get(imported.sku);
    const isTaken = holder !== undefined && holder !== record.id;
    const sku = isTaken ? ownSku(product.handle, imported.optionValues, record.sellerId) : imported.sku;
    if (isTaken) issues.push(skuIssue(product.handle, imported, sku));
    const known = matching(around.before?.variants ?? [], { sku, optionValueIds, taken });
    if (known) taken.add(known.id);
    const variant = variantOf(imported, { known, record, sku, optionValueIds, position });
    return { imported, variant };
  });
  return { variants, issues };
}

/** Made of the handle and options, and of the seller: two of them may use the same handle. */
function ownSku(handle: string, optionValues: readonly string[], sellerId: string | null): string {
  const sku = deriveHashedSku(handle, optionValues);
  return sellerId === null ? sku : `${sku}-${digest(sellerId).slice(0, 6).toUpperCase()}`;
}

/** The variant a row meant before: the one of its SKU, or the one of its options when only the SKU is new. */
function matching(
  variants: readonly Variant[],
  wanted: { sku: string; optionValueIds: readonly string[]; taken: ReadonlySet<string> },
): Variant | undefined {
  const free = variants.filter(({ id }) => !wanted.taken.has(id));
  return (
    free.find(({ sku }) => sku === wanted.sku) ??
    free.find(({ optionValueIds }) => optionValueIds.join() === wanted.optionValueIds.join())
  );
}

function variantOf(
  imported: ImportedVariant,
  of: {
    known: Variant | undefined;
    record: ProductRecord;
    sku: string;
    optionValueIds: string[];
    position: number;
  },
): Variant {
  const { known, record, sku, optionValueIds, position } = of;
  const { tracked, quantity, policy } = imported.inventory;
  return {
    id: known?.id ?? newId('variant'),
    productId: record.id,
    sku,
    name: variantName(imported.optionValues, record.name),
    optionValueIds,
    position,
    weightGrams: imported.grams ?? 0,
    barcode: imported.barcode,
    requiresShipping: imported.requiresShipping,
    taxable: imported.taxable,
    currency: record.currency,
    priceMinor: imported.priceMinor,
    compareAtMinor: imported.compareAtMinor,
    costMinor: imported.costMinor,
    active: true,
    sellable: tracked ? quantity : null,
    inStock: !tracked || policy === 'continue' || quantity > 0,
    stockAsOf: record.updatedAt,
    createdAt: known?.createdAt ?? record.updatedAt,
    updatedAt: record.updatedAt,
  };
}

function skuIssue(handle: string, { rowNumber: row, sku }: ImportedVariant, instead: string): RowIssue {
  const message = `The SKU "${sku}" already names a variant of another product of the shop; ${instead} was made instead.`;
  return { row, line: row, handle, column: 'Variant SKU', code: 'SKU_TAKEN', message, severity: 'warning' };
}
