import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ImportedProduct, ImportEntry } from './imported-product.js';
import { readShopifyProducts } from './shopify-csv.js';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = `${process.env['SHARED_DATA'] ?? `${repository}../shared/data`}/shopify`;
const isPresent = existsSync(folder);

async function collect(items: AsyncIterable<ImportEntry>): Promise<ImportEntry[]> {
  const collected: ImportEntry[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** A second, much plainer reader: the whole text at once, nothing but quotes, commas and line ends. */
function plainRows(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end !== ',') rows.push([]);
  }
  const [header = [], ...body] = rows;
  return body
    .filter((cells) => cells.length === header.length)
    .map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

function productsOf(entries: ImportEntry[]): ImportedProduct[] {
  return entries.flatMap((entry) => (entry.kind === 'product' ? [entry.product] : []));
}

describe.skipIf(!isPresent)(
  `real Shopify exports${isPresent ? '' : ` (skipped: there is no ${folder})`}`,
  () => {
    it.each([
      ['bicycles', 284, 1121],
      ['apparel', 25, 96],
      ['jewelry', 19, 24],
    ])(
      '%s: all %i products and %i variants, every option and price as in the file',
      async (name, products, variants) => {
        const path = `${folder}/${name}.csv`;
        const expected = plainRows(readFileSync(path, 'utf8')).filter((row) => row['Variant Price'] !== '');
        const entries = await collect(readShopifyProducts(createReadStream(path, { highWaterMark: 1_000 })));
        const imported = productsOf(entries);

        expect(imported).toHaveLength(products);
        expect(
          entries.flatMap(({ issues }) => issues.filter(({ severity }) => severity === 'error')),
        ).toEqual([]);
        const seen = imported.flatMap(({ handle, variants }) =>
          variants.map((variant) => ({ handle, ...variant })),
        );
        expect(seen).toHaveLength(variants);
        expect(
          seen.map(({ handle, optionValues, priceMinor }) => [handle, optionValues.join(' / '), priceMinor]),
        ).toEqual(
          expected.map((row) => {
            const values = ['Option1 Value', 'Option2 Value', 'Option3 Value'].map(
              (column) => row[column] ?? '',
            );
            const shown = values.filter((value) => value !== '' && value !== 'Default Title').join(' / ');
            return [row['Handle'], shown, BigInt((row['Variant Price'] ?? '').replace('.', ''))];
          }),
        );
        expect(new Set(seen.map(({ sku }) => sku)).size).toBe(variants);
      },
    );

    it('keeps option names, titles and published state of every bicycle product', async () => {
      const path = `${folder}/bicycles.csv`;
      const firsts = plainRows(readFileSync(path, 'utf8')).filter((row) => row['Title'] !== '');
      const imported = productsOf(await collect(readShopifyProducts(createReadStream(path))));
      expect(imported.map(({ handle, title, published }) => [handle, title, published])).toEqual(
        firsts.map((row) => [row['Handle'], row['Title']?.trim(), row['Published'] === 'true']),
      );
      const names = imported.map(({ options }) => options.map(({ name }) => name).join('+'));
      const given = firsts.map((row) => [row['Option1 Name'], row['Option2 Name'], row['Option3 Name']]);
      names.forEach((name, at) => {
        if (name !== '') expect(name).toBe(given[at]?.filter(Boolean).join('+'));
      });
    });
  },
);
