/** The columns of Shopify's product export that are read here, with every heading Shopify has given them. */
const HEADINGS = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  body: ['Body (HTML)', 'Body HTML', 'Description'],
  vendor: ['Vendor'],
  type: ['Type', 'Custom Product Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  giftCard: ['Gift Card'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  grams: ['Variant Grams', 'Weight value (grams)'],
  inventoryTracker: ['Variant Inventory Tracker', 'Inventory Tracker', 'Inventory tracker'],
  inventoryQuantity: ['Variant Inventory Qty', 'Inventory Qty', 'Inventory quantity'],
  inventoryPolicy: ['Variant Inventory Policy', 'Inventory Policy'],
  price: ['Variant Price', 'Price'],
  compareAt: ['Variant Compare At Price', 'Compare At Price', 'Compare-at price'],
  cost: ['Cost per item'],
  requiresShipping: ['Variant Requires Shipping', 'Requires shipping'],
  taxable: ['Variant Taxable', 'Charge tax'],
  barcode: ['Variant Barcode', 'Barcode'],
  imageUrl: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position', 'Image position'],
  imageAlt: ['Image Alt Text', 'Image alt text'],
  variantImage: ['Variant Image', 'Variant image URL'],
  seoTitle: ['SEO Title', 'SEO title'],
  seoDescription: ['SEO Description', 'SEO description'],
} as const;

/** A column by our name for it. */
export type ShopifyColumn = keyof typeof HEADINGS;

const REQUIRED: readonly ShopifyColumn[] = ['handle', 'title', 'price'];

/** Where each column of one file is, or which headings keep the file from being read. */
export type ShopifyHeader =
  | { kind: 'header'; width: number; positions: ReadonlyMap<ShopifyColumn, number> }
  | { kind: 'invalid'; missing: string[]; duplicated: string[] };

/** The heading people know a column by. */
export function headingOf(column: ShopifyColumn): string {
  return HEADINGS[column][0];
}

/** Finds the columns in the first row of a file: any order, any case, unknown ones ignored. */
export function readShopifyHeader(cells: readonly string[]): ShopifyHeader {
  const columnByHeading = new Map(
    entriesOf(HEADINGS).flatMap(([column, headings]) =>
      headings.map((heading) => [normalise(heading), column] as const),
    ),
  );
  const positions = new Map<ShopifyColumn, number>();
  const duplicated = new Set<string>();
  cells.forEach((cell, at) => {
    const column = columnByHeading.get(normalise(cell));
    if (!column) return;
    if (positions.has(column)) duplicated.add(headingOf(column));
    else positions.set(column, at);
  });
  const missing = REQUIRED.filter((column) => !positions.has(column)).map(headingOf);
  if (missing.length > 0 || duplicated.size > 0)
    return { kind: 'invalid', missing, duplicated: [...duplicated] };
  return { kind: 'header', width: cells.length, positions };
}

function normalise(heading: string): string {
  return heading.trim().toLowerCase().replace(/\s+/g, ' ');
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
