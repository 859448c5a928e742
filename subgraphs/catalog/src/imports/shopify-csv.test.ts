import { describe, expect, it } from 'vitest';
import type { ImportedProduct, ImportEntry } from './imported-product.js';
import { readShopifyProducts, type ShopifyCsvOptions } from './shopify-csv.js';

const HEADER =
  'Handle,Title,Body (HTML),Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,' +
  'Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,' +
  'Image Src,Variant Image';

type Cells = Partial<
  Record<'h' | 't' | 'body' | 'tags' | 'pub' | 'n1' | 'v1' | 'n2' | 'v2' | 'sku', string>
> &
  Partial<Record<'track' | 'qty' | 'policy' | 'price' | 'was' | 'img' | 'vimg', string>>;

async function collect(items: AsyncIterable<ImportEntry>): Promise<ImportEntry[]> {
  const collected: ImportEntry[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function line(cells: Cells): string {
  const { h, t, body, tags, pub, n1, v1, n2, v2, sku, track, qty, policy, price, was, img, vimg } = cells;
  return [h, t, body, tags, pub, n1, v1, n2, v2, sku, track, qty, policy, price, was, img, vimg]
    .map((cell = '') => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

async function read(rows: (Cells | string)[], options?: ShopifyCsvOptions): Promise<ImportEntry[]> {
  const lines = rows.map((row) => (typeof row === 'string' ? row : line(row)));
  return collect(readShopifyProducts([[HEADER, ...lines].join('\n')], options));
}

function productsOf(entries: ImportEntry[]): ImportedProduct[] {
  return entries.flatMap((entry) => (entry.kind === 'product' ? [entry.product] : []));
}

function codesOf(entries: ImportEntry[]): string[] {
  return entries.flatMap(({ issues }) =>
    issues.map(({ row, code, severity }) => `${row} ${severity} ${code}`),
  );
}

const MUG: Cells = { h: 'mug', t: 'Mug', n1: 'Colour', v1: 'Red', sku: 'M-R', price: '9.90', pub: 'true' };

describe('reading a Shopify product file', () => {
  it('gathers variants, options and pictures of a product from its rows', async () => {
    const [product] = productsOf(
      await read([
        { ...MUG, tags: 'kitchen, Gift , gift', n2: 'Size', v2: 'S', img: 'https://x.example/1.jpg' },
        {
          h: 'mug',
          v1: 'Blue',
          v2: 'S',
          sku: 'M-B',
          price: '10.50',
          was: '12.00',
          vimg: 'https://x.example/b.jpg',
        },
        { h: 'mug', img: 'https://x.example/2.jpg' },
      ]),
    );
    expect(product).toMatchObject({
      handle: 'mug',
      status: 'active',
      tags: ['kitchen', 'Gift'],
      options: [
        { name: 'Colour', position: 1, values: ['Red', 'Blue'] },
        { name: 'Size', position: 2, values: ['S'] },
      ],
      variants: [
        { rowNumber: 2, sku: 'M-R', optionValues: ['Red', 'S'], priceMinor: 990n, compareAtMinor: null },
        { rowNumber: 3, sku: 'M-B', optionValues: ['Blue', 'S'], priceMinor: 1050n, compareAtMinor: 1200n },
      ],
    });
    expect(product?.images.map(({ url, position }) => `${position} ${url}`)).toEqual([
      '1 https://x.example/1.jpg',
      '2 https://x.example/2.jpg',
      '3 https://x.example/b.jpg',
    ]);
  });

  it('reads columns in any order and ignores unknown ones', async () => {
    const csv = 'Price,Mood,title,HANDLE,Status\n5.00,happy,Mug,mug,archived\n';
    const [product] = productsOf(await collect(readShopifyProducts([csv])));
    expect(product).toMatchObject({ title: 'Mug', status: 'archived', variants: [{ priceMinor: 500n }] });
  });

  it('knows a product without choices by "Default Title"', async () => {
    const [product] = productsOf(await read([{ ...MUG, n1: 'Title', v1: 'Default Title', sku: '' }]));
    expect(product).toMatchObject({
      options: [],
      variants: [{ sku: 'MUG', skuDerived: true, optionValues: [] }],
    });
  });

  it('puts rows of a product together that stand apart', async () => {
    const [other, mug] = productsOf(
      await read([MUG, { ...MUG, h: 'cup', sku: 'C' }, { ...MUG, v1: 'Blue', sku: 'B' }]),
    );
    expect([other?.handle, mug?.handle, mug?.variants.length]).toEqual(['cup', 'mug', 2]);
  });

  it('reports a row too far from its product instead of making a second product', async () => {
    const others = ['a', 'b', 'c'].map((h) => ({ ...MUG, h, sku: h }));
    const entries = await read([MUG, ...others, { ...MUG, v1: 'Blue', sku: 'B' }], { maxOpenProducts: 2 });
    expect(productsOf(entries)).toHaveLength(4);
    expect(codesOf(entries)).toEqual(['6 error ROWS_TOO_FAR_APART']);
  });

  it('refuses a file without the columns a product needs', async () => {
    const entries = await collect(readShopifyProducts(['Handle;Title;Variant Price\nmug;Mug;1']));
    expect(codesOf(entries)).toEqual([1, 1, 1].map((row) => `${row} error MISSING_COLUMN`));
    expect(codesOf(await collect(readShopifyProducts([])))).toEqual(['1 error EMPTY_FILE']);
  });
});

describe('a bad row', () => {
  it.each<[string, Cells | string, string]>([
    ['has no price', { h: 'mug', v1: 'Blue', sku: 'B' }, '3 error MISSING_PRICE'],
    ['has a price with a comma', { h: 'mug', v1: 'Blue', sku: 'B', price: '9,90' }, '3 error INVALID_PRICE'],
    ['repeats the options', { h: 'mug', v1: 'Red', sku: 'B', price: '1' }, '3 error DUPLICATE_OPTIONS'],
    ['lacks its option', { h: 'mug', sku: 'B', price: '1' }, '3 error MISSING_OPTION_VALUE'],
    ['has an unnamed option', { h: 'mug', v1: 'Blue', v2: 'L', price: '1' }, '3 error OPTION_WITHOUT_NAME'],
    ['has no handle', { v1: 'Blue', price: '1' }, '3 error MISSING_HANDLE'],
    ['has a handle no address takes', { h: 'a/b', v1: 'Blue', price: '1' }, '3 error INVALID_HANDLE'],
    ['is too short', 'mug,,,,,,Blue', '3 error RAGGED_ROW'],
    ['is too long', `${line({ h: 'mug', v1: 'Blue', price: '1' })},extra`, '3 error RAGGED_ROW'],
    ['never closes a quote', 'mug,,,"oops', '3 error UNCLOSED_QUOTE'],
    [
      'has an SKU too long',
      { h: 'mug', v1: 'B', price: '1', sku: 'x'.repeat(256) },
      '3 error FIELD_TOO_LONG',
    ],
  ])('that %s is reported and costs no other row', async (_, bad, code) => {
    const entries = await read([
      MUG,
      bad,
      { h: 'mug', v1: 'Green', sku: 'G', price: '7' },
      { ...MUG, h: 'cup', sku: 'C' },
    ]);
    expect(codesOf(entries)).toEqual([code]);
    expect(productsOf(entries).map(({ handle, variants }) => [handle, variants.length])).toEqual([
      ['mug', 2],
      ['cup', 1],
    ]);
  });

  it.each<[string, Cells, string, object]>([
    [
      'a negative quantity',
      { qty: '-3', track: 'shopify' },
      'NEGATIVE_QUANTITY',
      { inventory: { quantity: 0 } },
    ],
    [
      'a quantity in words',
      { qty: 'many' },
      'INVALID_QUANTITY',
      { inventory: { quantity: 0, tracked: false } },
    ],
    ['a former price below the price', { was: '5.00' }, 'COMPARE_AT_NOT_HIGHER', { compareAtMinor: null }],
    [
      'a policy of its own',
      { policy: 'maybe' },
      'INVALID_INVENTORY_POLICY',
      { inventory: { policy: 'deny' } },
    ],
    ['no SKU', { sku: '' }, 'MISSING_SKU', { sku: 'MUG-RED', skuDerived: true }],
    ['no cost to the shopper', { price: '0.00' }, 'FREE_VARIANT', { priceMinor: 0n }],
    ['a picture that is no address', { img: 'mug.jpg' }, 'INVALID_IMAGE_URL', { priceMinor: 990n }],
  ])('with %s is imported with a warning', async (...[, cells, code, variant]) => {
    const entries = await read([{ ...MUG, ...cells }]);
    expect(codesOf(entries)).toEqual([`2 warning ${code}`]);
    expect(productsOf(entries)[0]?.variants[0]).toMatchObject(variant);
  });

  it('with an SKU already used gets one of its own', async () => {
    const entries = await read([MUG, { h: 'mug', v1: 'Blue', sku: 'M-R', price: '7' }]);
    expect(productsOf(entries)[0]?.variants.map(({ sku }) => sku)).toEqual(['M-R', 'MUG-BLUE']);
    expect(codesOf(entries)).toEqual(['3 warning DUPLICATE_SKU']);
  });
});

describe('an inconsistent product', () => {
  it.each<[string, Cells[], string]>([
    ['has no title', [{ ...MUG, t: '' }], '2 error MISSING_TITLE'],
    ['has too long a title', [{ ...MUG, t: 'x'.repeat(256) }], '2 error FIELD_TOO_LONG'],
    ['renames its option', [MUG, { ...MUG, n1: 'Size', v1: 'L', sku: 'L' }], '3 error OPTION_NAME_CHANGED'],
    ['names two options alike', [{ ...MUG, n2: 'colour', v2: 'Red' }], '2 error DUPLICATE_OPTION_NAME'],
    ['has only pictures', [{ h: 'mug', t: 'Mug', img: 'https://x.example/1.jpg' }], '2 error NO_VARIANTS'],
  ])('that %s is skipped as a whole, with the reason', async (_, rows, code) => {
    const entries = await read([...rows, { ...MUG, h: 'cup', sku: 'C' }]);
    expect(entries.map(({ kind }) => kind)).toEqual(['skipped', 'product']);
    expect(codesOf(entries)).toEqual([code]);
  });

  it('does not arise from a title on a later row', async () => {
    const entries = await read([
      { ...MUG, t: '' },
      { ...MUG, v1: 'Blue', sku: 'B' },
    ]);
    expect(productsOf(entries)[0]?.title).toBe('Mug');
    expect(codesOf(entries)).toEqual(['2 warning TITLE_NOT_ON_FIRST_ROW']);
  });
});
