import { parsePriceMinor } from './decimal-price.js';
import type { ImportedInventory, ImportedVariant } from './imported-product.js';
import { headingOf, type ShopifyColumn } from './shopify-columns.js';
import { isPictureUrl, readFlag, readText, type RemarkList, type ShopifyRow } from './shopify-row.js';

/** Largest weight that fits the column: about two tonnes. */
const MAX_GRAMS = 2_147_483;
const MAX_QUANTITY = 2_147_483_647;
const MAX_SKU_LENGTH = 255;

/** What a variant row says by itself; options and the final SKU need the rest of the product. */
export type VariantFacts = Omit<ImportedVariant, 'sku' | 'skuDerived' | 'optionValues'> & {
  fileSku: string | null;
};

/**
 * Reads the selling half of a row, or answers `null` when the row cannot become a variant: no price, a price that is
 * not one, an SKU no database takes. Everything else has a sensible reading and costs a warning at most.
 */
export function readVariantFacts(
  row: ShopifyRow,
  rest: { currencyExponent: number; remarks: RemarkList },
): VariantFacts | null {
  const { remarks, currencyExponent } = rest;
  const priceMinor = readPrice(row, rest);
  const fileSku = row.cell('sku');
  const isSkuTooLong = fileSku.length > MAX_SKU_LENGTH;
  if (isSkuTooLong) {
    const message = `The SKU has ${fileSku.length} characters; at most ${MAX_SKU_LENGTH} are possible.`;
    remarks.error(row, { column: 'sku', code: 'FIELD_TOO_LONG', message });
  }
  if (priceMinor === null || isSkuTooLong) return null;
  return {
    rowNumber: row.row,
    fileSku: fileSku === '' ? null : fileSku,
    priceMinor,
    compareAtMinor: readCompareAt(row, { priceMinor, currencyExponent, remarks }),
    costMinor: readOptionalPrice(row, 'cost', rest),
    grams: readGrams(row, remarks),
    barcode: readText(row, 'barcode', { maxLength: 64, remarks })?.replace(/^'/, '') ?? null,
    requiresShipping: readFlag(row, 'requiresShipping', { fallback: true, remarks }),
    taxable: readFlag(row, 'taxable', { fallback: true, remarks }),
    inventory: readInventory(row, remarks),
    imageUrl: readVariantImage(row, remarks),
  };
}

function readPrice(row: ShopifyRow, rest: { currencyExponent: number; remarks: RemarkList }): bigint | null {
  const text = row.cell('price');
  if (text === '') {
    const message = 'The variant has no price and was left out.';
    rest.remarks.error(row, { column: 'price', code: 'MISSING_PRICE', message });
    return null;
  }
  const price = parsePriceMinor(text, rest.currencyExponent);
  if (price.kind === 'invalid') {
    const message = `The price "${text}" ${price.reason}; the variant was left out.`;
    rest.remarks.error(row, { column: 'price', code: 'INVALID_PRICE', message });
    return null;
  }
  if (price.minor === 0n) {
    rest.remarks.warn(row, { column: 'price', code: 'FREE_VARIANT', message: 'The variant costs nothing.' });
  }
  return price.minor;
}

function readOptionalPrice(
  row: ShopifyRow,
  column: ShopifyColumn,
  rest: { currencyExponent: number; remarks: RemarkList },
): bigint | null {
  const text = row.cell(column);
  if (text === '') return null;
  const price = parsePriceMinor(text, rest.currencyExponent);
  if (price.kind === 'price') return price.minor;
  const message = `${headingOf(column)} "${text}" ${price.reason} and was ignored.`;
  rest.remarks.warn(row, { column, code: 'INVALID_PRICE', message });
  return null;
}

/** A former price at or below today's would advertise a discount that does not exist. */
function readCompareAt(
  row: ShopifyRow,
  rest: { priceMinor: bigint; currencyExponent: number; remarks: RemarkList },
): bigint | null {
  const minor = readOptionalPrice(row, 'compareAt', rest);
  if (minor === null || minor === 0n) return null;
  if (minor > rest.priceMinor) return minor;
  const message = `The former price ${row.cell('compareAt')} is not above the price ${row.cell('price')} and was ignored.`;
  rest.remarks.warn(row, { column: 'compareAt', code: 'COMPARE_AT_NOT_HIGHER', message });
  return null;
}

function readGrams(row: ShopifyRow, remarks: RemarkList): number | null {
  const text = row.cell('grams');
  if (text === '') return null;
  const grams = Math.round(Number(text));
  if (/^\d+(\.\d+)?$/.test(text) && grams <= MAX_GRAMS) return grams;
  const message = `The weight "${text}" is not a number of grams from 0 to ${MAX_GRAMS} and was ignored.`;
  remarks.warn(row, { column: 'grams', code: 'INVALID_WEIGHT', message });
  return null;
}

function readInventory(row: ShopifyRow, remarks: RemarkList): ImportedInventory {
  const policy = row.cell('inventoryPolicy').toLowerCase();
  if (policy !== '' && policy !== 'deny' && policy !== 'continue') {
    const message = `"${policy}" is neither deny nor continue; deny was used.`;
    remarks.warn(row, { column: 'inventoryPolicy', code: 'INVALID_INVENTORY_POLICY', message });
  }
  return {
    tracked: row.cell('inventoryTracker') !== '',
    quantity: readQuantity(row, remarks),
    policy: policy === 'continue' ? 'continue' : 'deny',
  };
}

function readQuantity(row: ShopifyRow, remarks: RemarkList): number {
  const text = row.cell('inventoryQuantity');
  if (text === '') return 0;
  const quantity = Number(text);
  if (!/^-?\d+$/.test(text) || quantity > MAX_QUANTITY) {
    const message = `The quantity "${text}" is not a whole number; 0 was used.`;
    remarks.warn(row, { column: 'inventoryQuantity', code: 'INVALID_QUANTITY', message });
    return 0;
  }
  if (quantity >= 0) return quantity;
  const message = `The shop had sold ${-quantity} more than it held; stock starts at 0.`;
  remarks.warn(row, { column: 'inventoryQuantity', code: 'NEGATIVE_QUANTITY', message });
  return 0;
}

function readVariantImage(row: ShopifyRow, remarks: RemarkList): string | null {
  const url = row.cell('variantImage');
  if (url === '') return null;
  if (isPictureUrl(url)) return url;
  const message = `"${url.slice(0, 80)}" is not a web address; the variant has no picture of its own.`;
  remarks.warn(row, { column: 'variantImage', code: 'INVALID_IMAGE_URL', message });
  return null;
}
