import { newId } from '@storegraph/ids';
import { setLogLevel } from '@storegraph/observability';
import { staff, startTestSubgraph, type Asked, type TestSubgraph } from '@storegraph/testkit';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Viewer } from '@storegraph/identity';
import type { CatalogConfig } from '../src/config.js';
import type { Deps } from '../src/context.js';
import { catalog } from '../src/subgraph.js';

export const QUOTE_KEY = 'a-quote-key-that-only-tests-ever-use-1';

export const config: CatalogConfig = {
  quoteKey: QUOTE_KEY,
  publicUrl: 'http://shop.example',
  importFolder: join(tmpdir(), `storegraph-test-imports-${newId('importJob')}`),
  currency: 'USD',
};

const SAVE = `mutation ($input: SaveProductInput!) { saveProduct(input: $input) {
  ... on SaveProductSuccess { product { id slug version status options { id name values { id value } }
    customizations { id name required values { id value priceAdjustment { amount } } }
    priceRange { min { amount } max { amount } } variants { edges { node { id sku name price { amount } } } } } }
  ... on UserError { code message path } ... on Conflict { currentVersion } } }`;

/** A catalog with a few phrases for what tests do to it. */
export type Shop = TestSubgraph<Deps> & {
  /** Saves a product, as staff unless told; answers the whole result. */
  save(input: object, viewer?: Viewer): Promise<Asked['data']>;
  /** An active product with one variant unless told otherwise. */
  product(input?: object, viewer?: Viewer): Promise<Asked['data']>;
  brand(name: string): Promise<string>;
  category(name: string, parentId?: string): Promise<string>;
};

let count = 0;

/** Something nobody else is called. */
export const unique = (word: string) => `${word}-${process.pid}-${(count += 1)}`;

export async function openShop(options: { now?: () => Date } = {}): Promise<Shop> {
  const shop = await startTestSubgraph(catalog, { config, ...options });
  if (process.env['TEST_LOG_LEVEL'] === 'error') setLogLevel('error');
  const mutate = async (query: string, variables: Record<string, unknown>, viewer: Viewer) => {
    const { data, errors } = await shop.ask(query, variables, viewer);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const save = async (input: object, viewer: Viewer = staff()) =>
    (await mutate(SAVE, { input }, viewer))['saveProduct'];
  return {
    ...shop,
    save,
    async product(input = {}, viewer = staff()) {
      const name = unique('Product');
      const saved = await save(
        { name, status: 'ACTIVE', variants: [{ sku: unique('SKU'), price: '10.00' }], ...input },
        viewer,
      );
      if (!saved.product) throw new Error(JSON.stringify(saved));
      return saved.product;
    },
    async brand(name) {
      const query = `mutation ($input: SaveBrandInput!) { saveBrand(input: $input) {
        ... on SaveBrandSuccess { brand { id } } ... on UserError { message } } }`;
      return (await mutate(query, { input: { name } }, staff()))['saveBrand'].brand.id;
    },
    async category(name, parentId) {
      const query = `mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) {
        ... on SaveCategorySuccess { category { id } } ... on UserError { message } } }`;
      return (await mutate(query, { input: { name, parentId } }, staff()))['saveCategory'].category.id;
    },
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
}
