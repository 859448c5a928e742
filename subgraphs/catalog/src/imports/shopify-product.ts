import { deriveHashedSku, deriveSku } from './derived-sku.js';
import { sanitiseDescription, textOfHtml } from './html-sanitising.js';
import type {
  ImportedImage,
  ImportedProduct,
  ImportedStatus,
  ImportedVariant,
  ImportEntry,
} from './imported-product.js';
import { collectOptions, isWithoutChoices, readOptionNames, readOptionValues } from './shopify-options.js';
import {
  isPictureUrl,
  isVariantRow,
  readFlag,
  readText,
  type RemarkList,
  type ShopifyRow,
} from './shopify-row.js';
import { readVariantFacts, type VariantFacts } from './shopify-variant.js';

const MAX_TITLE_LENGTH = 255;
const MAX_BODY_LENGTH = 512 * 1024;
const MAX_TAGS = 250;

/** What products of one file share while it is read. */
export interface ImportScope {
  /** Decimal places of the file's currency. */
  currencyExponent: number;
  /** SKUs given out so far; an SKU names one variant in the whole file. */
  takenSkus: Set<string>;
}

/**
 * Makes one product of its rows. Bad variant rows are left out with a remark; the product as a whole is skipped only
 * when what remains would not be a product: no title, contradicting options, not one sound variant.
 */
export function assembleProduct(
  rows: readonly ShopifyRow[],
  scope: ImportScope,
  remarks: RemarkList,
): ImportEntry {
  const first = rows[0];
  if (!first) throw new Error('A product needs at least one row');
  const title = readTitle(rows, remarks);
  const body = readBody(rows, remarks);
  const isGiftCard = readFlag(first, 'giftCard', { fallback: false, remarks });
  if (isGiftCard) {
    const message = 'Gift cards are not goods with stock and weight; the product was left out.';
    remarks.error(first, { column: 'giftCard', code: 'GIFT_CARD', message });
  }
  const names = readOptionNames(rows, remarks);
  if (title === null || body === null || names === null || isGiftCard) return skipped(first, remarks);

  const variantRows = rows.filter(isVariantRow);
  const usedNames = isWithoutChoices(names, variantRows) ? null : names;
  const variants = readVariants(
    variantRows,
    (row) => (usedNames ? readOptionValues(row, usedNames, remarks) : []),
    {
      scope,
      remarks,
    },
  );
  if (variants.length === 0) {
    const message = 'No row of the product gives a variant that can be sold; the product was left out.';
    remarks.error(first, { column: null, code: 'NO_VARIANTS', message });
    return skipped(first, remarks);
  }
  const product: ImportedProduct = {
    handle: first.handle,
    title,
    bodyHtml: sanitiseDescription(body),
    bodyText: textOfHtml(body),
    vendor: readText(first, 'vendor', { maxLength: 255, remarks }),
    type: readText(first, 'type', { maxLength: 255, remarks }),
    tags: readTags(first, remarks),
    ...readVisibility(first, remarks),
    options: usedNames ? collectOptions(usedNames, variants) : [],
    variants,
    images: readImages(rows, variants, remarks),
    seo: {
      title: readText(first, 'seoTitle', { maxLength: 255, remarks }),
      description: readText(first, 'seoDescription', { maxLength: 1000, remarks }),
    },
  };
  return { kind: 'product', product, issues: remarks.issues };
}

function skipped(first: ShopifyRow, remarks: RemarkList): ImportEntry {
  return { kind: 'skipped', handle: first.handle, issues: remarks.issues };
}

function readTitle(rows: readonly ShopifyRow[], remarks: RemarkList): string | null {
  const titled = rows.find((row) => row.cell('title') !== '');
  const first = rows[0];
  if (!first || !titled) {
    if (first) {
      const message = 'No row of the product gives its title; the product was left out.';
      remarks.error(first, { column: 'title', code: 'MISSING_TITLE', message });
    }
    return null;
  }
  const title = titled.cell('title');
  if (titled !== first) {
    const message = `The title stands on row ${titled.row} instead of the product's first row; it was used all the same.`;
    remarks.warn(first, { column: 'title', code: 'TITLE_NOT_ON_FIRST_ROW', message });
  }
  if (title.length <= MAX_TITLE_LENGTH) return title;
  const message = `The title has ${title.length} characters, at most ${MAX_TITLE_LENGTH} are possible; the product was left out.`;
  remarks.error(titled, { column: 'title', code: 'FIELD_TOO_LONG', message });
  return null;
}

function readBody(rows: readonly ShopifyRow[], remarks: RemarkList): string | null {
  const row = rows.find(({ cell }) => cell('body') !== '');
  const body = row?.cell('body') ?? '';
  if (!row || body.length <= MAX_BODY_LENGTH) return body;
  const message = `The description has ${body.length} characters, at most ${MAX_BODY_LENGTH} are possible; the product was left out.`;
  remarks.error(row, { column: 'body', code: 'FIELD_TOO_LONG', message });
  return null;
}

function readTags(row: ShopifyRow, remarks: RemarkList): string[] {
  const tags = new Map<string, string>();
  for (const tag of row
    .cell('tags')
    .split(',')
    .map((text) => text.trim())) {
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  const usable = [...tags.values()].filter((tag) => tag.length <= 255);
  if (usable.length < tags.size) {
    const message = 'Tags longer than 255 characters were ignored.';
    remarks.warn(row, { column: 'tags', code: 'FIELD_TOO_LONG', message });
  }
  if (usable.length > MAX_TAGS) {
    const message = `The product has ${usable.length} tags; the first ${MAX_TAGS} were kept.`;
    remarks.warn(row, { column: 'tags', code: 'TOO_MANY_TAGS', message });
  }
  return usable.slice(0, MAX_TAGS);
}

/** `Status` decides; older exports have only `Published`. A product neither says anything about stays a draft. */
function readVisibility(
  row: ShopifyRow,
  remarks: RemarkList,
): { published: boolean; status: ImportedStatus } {
  const status = row.cell('status').toLowerCase();
  const published = readFlag(row, 'published', { fallback: status === 'active', remarks });
  if (status === 'active' || status === 'draft' || status === 'archived') return { published, status };
  if (status !== '') {
    const message = `"${status}" is not active, draft or archived; draft was used.`;
    remarks.warn(row, { column: 'status', code: 'INVALID_STATUS', message });
    return { published, status: 'draft' };
  }
  return { published, status: published ? 'active' : 'draft' };
}

function readVariants(
  rows: readonly ShopifyRow[],
  optionValuesOf: (row: ShopifyRow) => string[] | null,
  rest: { scope: ImportScope; remarks: RemarkList },
): ImportedVariant[] {
  const { scope, remarks } = rest;
  const rowByOptions = new Map<string, number>();
  return rows.flatMap((row) => {
    const optionValues = optionValuesOf(row);
    const facts = readVariantFacts(row, { currencyExponent: scope.currencyExponent, remarks });
    if (!optionValues || !facts) return [];
    const key = JSON.stringify(optionValues);
    const earlier = rowByOptions.get(key);
    if (earlier !== undefined) {
      const message = `The same options (${optionValues.join(' / ') || 'none'}) stand on row ${earlier}; this row was left out.`;
      remarks.error(row, { column: 'option1Value', code: 'DUPLICATE_OPTIONS', message });
      return [];
    }
    rowByOptions.set(key, row.row);
    const { fileSku, ...known } = facts;
    return [{ ...known, ...chooseSku(row, { fileSku, optionValues }, rest), optionValues }];
  });
}

function chooseSku(
  row: ShopifyRow,
  variant: { fileSku: VariantFacts['fileSku']; optionValues: string[] },
  { scope, remarks }: { scope: ImportScope; remarks: RemarkList },
): { sku: string; skuDerived: boolean } {
  const { fileSku, optionValues } = variant;
  if (fileSku !== null && !scope.takenSkus.has(fileSku)) {
    scope.takenSkus.add(fileSku);
    return { sku: fileSku, skuDerived: false };
  }
  const readable = deriveSku(row.handle, optionValues);
  const sku = scope.takenSkus.has(readable) ? deriveHashedSku(row.handle, optionValues) : readable;
  scope.takenSkus.add(sku);
  if (fileSku === null) {
    remarks.warn(row, {
      column: 'sku',
      code: 'MISSING_SKU',
      message: `No SKU given; ${sku} was made for it.`,
    });
  } else {
    const message = `The SKU "${fileSku}" already names another variant of the file; ${sku} was made instead.`;
    remarks.warn(row, { column: 'sku', code: 'DUPLICATE_SKU', message });
  }
  return { sku, skuDerived: true };
}

/** Pictures in the file's order (or by `Image Position`), each address once; variant pictures missing there follow. */
function readImages(
  rows: readonly ShopifyRow[],
  variants: readonly ImportedVariant[],
  remarks: RemarkList,
): ImportedImage[] {
  const found = new Map<string, { url: string; alt: string | null; wanted: number }>();
  for (const row of rows) {
    const url = row.cell('imageUrl');
    if (url === '' || found.has(url)) continue;
    if (!isPictureUrl(url)) {
      const message = `"${url.slice(0, 80)}" is not a web address; the picture was left out.`;
      remarks.warn(row, { column: 'imageUrl', code: 'INVALID_IMAGE_URL', message });
      continue;
    }
    const position = Number(row.cell('imagePosition')) || Number.MAX_SAFE_INTEGER;
    found.set(url, { url, alt: readText(row, 'imageAlt', { maxLength: 512, remarks }), wanted: position });
  }
  for (const { imageUrl: url } of variants) {
    if (url !== null && !found.has(url)) found.set(url, { url, alt: null, wanted: Number.MAX_SAFE_INTEGER });
  }
  return [...found.values()]
    .sort((one, other) => one.wanted - other.wanted)
    .map(({ url, alt }, at) => ({ url, alt, position: at + 1 }));
}
