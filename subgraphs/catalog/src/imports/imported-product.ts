/** Whether a shopper may see the product once it is imported. */
export type ImportedStatus = 'active' | 'draft' | 'archived';

export interface ImportedOption {
  name: string;
  /** 1, 2 or 3, as in the file. */
  position: number;
  /** Values in order of first appearance. */
  values: string[];
}

export interface ImportedInventory {
  /** False when nobody counts this variant: it is always sellable. */
  tracked: boolean;
  /** Units on hand, never negative. */
  quantity: number;
  /** `continue` sells on when the count reaches zero. */
  policy: 'deny' | 'continue';
}

export interface ImportedVariant {
  /** Row of the file this variant came from, the header being row 1. */
  rowNumber: number;
  sku: string;
  /** True when the file gave no usable SKU and one was derived from handle and options. */
  skuDerived: boolean;
  /** One value per option of the product, in the order of the options. Empty for a product without choices. */
  optionValues: string[];
  /** Price in minor units of the file's currency. */
  priceMinor: bigint;
  /** Former price in minor units, always above `priceMinor`. */
  compareAtMinor: bigint | null;
  costMinor: bigint | null;
  grams: number | null;
  barcode: string | null;
  requiresShipping: boolean;
  taxable: boolean;
  inventory: ImportedInventory;
  imageUrl: string | null;
}

export interface ImportedImage {
  url: string;
  alt: string | null;
  /** 1 is the main picture. */
  position: number;
}

export interface ImportedSeo {
  title: string | null;
  description: string | null;
}

/** One product of a file, complete and consistent: what is needed to save it, nothing of the file's layout. */
export interface ImportedProduct {
  handle: string;
  title: string;
  /** Sanitised: safe to show as it is. */
  bodyHtml: string;
  /** The same without markup, for search and previews. */
  bodyText: string;
  vendor: string | null;
  type: string | null;
  tags: string[];
  published: boolean;
  status: ImportedStatus;
  /** Empty for a product without choices ("Default Title"). */
  options: ImportedOption[];
  variants: ImportedVariant[];
  images: ImportedImage[];
  seo: ImportedSeo;
}

/** Everything that can be wrong with a file, a row or a product. Stable: clients may branch on it. */
export type IssueCode =
  | 'EMPTY_FILE'
  | 'MISSING_COLUMN'
  | 'DUPLICATE_COLUMN'
  | 'UNCLOSED_QUOTE'
  | 'TEXT_AFTER_QUOTE'
  | 'RAGGED_ROW'
  | 'INVALID_ENCODING'
  | 'MISSING_HANDLE'
  | 'INVALID_HANDLE'
  | 'ROWS_TOO_FAR_APART'
  | 'MISSING_TITLE'
  | 'TITLE_NOT_ON_FIRST_ROW'
  | 'FIELD_TOO_LONG'
  | 'TOO_MANY_TAGS'
  | 'TOO_MANY_ROWS'
  | 'INVALID_STATUS'
  | 'INVALID_FLAG'
  | 'GIFT_CARD'
  | 'OPTION_WITHOUT_NAME'
  | 'OPTION_NAME_CHANGED'
  | 'DUPLICATE_OPTION_NAME'
  | 'MISSING_OPTION_VALUE'
  | 'DUPLICATE_OPTIONS'
  | 'MISSING_PRICE'
  | 'INVALID_PRICE'
  | 'FREE_VARIANT'
  | 'COMPARE_AT_NOT_HIGHER'
  | 'INVALID_WEIGHT'
  | 'INVALID_QUANTITY'
  | 'NEGATIVE_QUANTITY'
  | 'INVALID_INVENTORY_POLICY'
  | 'MISSING_SKU'
  | 'DUPLICATE_SKU'
  | 'SKU_TAKEN'
  | 'INVALID_IMAGE_URL'
  | 'NO_VARIANTS';

/** One remark about a file, in words its owner understands. */
export interface RowIssue {
  /** The row as a spreadsheet numbers it: the header is 1, a cell with line breaks is still one row. */
  row: number;
  /** The line as a text editor numbers it. */
  line: number;
  handle: string | null;
  /** Heading of the column, `null` when the remark is about the whole row. */
  column: string | null;
  code: IssueCode;
  message: string;
  /** `error`: the row or the product was left out. `warning`: it was imported, with the change described. */
  severity: 'error' | 'warning';
}

/** What became of one product, or of rows that belong to no product. */
export type ImportEntry =
  | { kind: 'product'; product: ImportedProduct; issues: RowIssue[] }
  /** The product as a whole was left out, for the reasons in `issues`. */
  | { kind: 'skipped'; handle: string; issues: RowIssue[] }
  /** Remarks that belong to no product: the file itself, unreadable rows, rows without a handle. */
  | { kind: 'unassigned'; issues: RowIssue[] };
