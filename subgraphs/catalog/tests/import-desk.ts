import Fastify from 'fastify';
import { mkdirSync, rmSync } from 'node:fs';
import { expect } from 'vitest';
import type { Viewer } from '@storegraph/identity';
import { staff } from '@storegraph/testkit';
import { config, openShop } from './shop.js';

const JOB = `id status dryRun total processed failed created updated unchanged variants errors warnings failure`;
export const INLINE = `mutation ($input: ImportProductsInput!) { importProducts(input: $input) {
  ... on ImportProductsSuccess { job { ${JOB} issues { edges { node { row column code severity handle message } } } } }
  ... on UserError { code path } } }`;
const BEGIN = `mutation ($input: BeginProductsImportInput!) { beginProductsImport(input: $input) {
  ... on BeginProductsImportSuccess { uploadUrl expiresAt job { ${JOB} issuesUrl } } ... on UserError { code path } } }`;
export const PROGRESS = `subscription ($id: ID!) { importProgress(jobId: $id) { ${JOB} } }`;

export const HEADER = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,SEO Title`;

/** Two products, three variants. */
export const mugs = (of: { handle: string; sku: string; price?: string; quantity?: number }) => `${HEADER}
${of.handle},Trail Mug,"<p>Keeps <b>warm</b><script>x()</script></p>",Peak & Co,Mugs,"camp, gift",true,Size,350 ml,${of.sku}-S,300,shopify,${of.quantity ?? 5},deny,${of.price ?? '12.50'},15.00,https://pictures.example/mug.jpg,A mug
${of.handle},,,,,,,,500 ml,${of.sku}-L,400,shopify,0,deny,14.00,,https://pictures.example/mug-2.jpg,
${of.handle}-lid,Lid,,Peak & Co,Mugs,,false,Title,Default Title,${of.sku}-LID,20,,0,deny,3.00,,,
`;

/** A catalog with its HTTP routes, and phrases for importing files into it. */
export async function openImportDesk() {
  const shop = await openShop();
  mkdirSync(config.importFolder, { recursive: true });
  const app = Fastify();
  if (shop.subgraph.routes) await app.register(shop.subgraph.routes);

  const inline = async (csv: string, more: { dryRun?: boolean; viewer?: Viewer } = {}) => {
    const { viewer = staff(), dryRun = false } = more;
    const { data, errors } = await shop.ask(INLINE, { input: { csv, dryRun } }, viewer);
    expect(errors).toBeUndefined();
    return data['importProducts'].job;
  };
  const begin = async (bytes: number, viewer: Viewer = staff(), more: object = {}) =>
    (await shop.ask(BEGIN, { input: { fileName: 'products.csv', bytes, ...more } }, viewer)).data[
      'beginProductsImport'
    ];
  const put = (url: string, payload: string | Buffer | NodeJS.ReadableStream) =>
    app.inject({
      method: 'PUT',
      url: url.replace(config.publicUrl, ''),
      payload,
      headers: { 'content-type': 'text/csv' },
    });
  const events = () => shop.deps.prisma.outboxEvent.findMany({ orderBy: { position: 'asc' } });
  const product = async (slug: string, viewer: Viewer = staff()) =>
    (
      await shop.ask(
        `query ($slug: String!) { product(slug: $slug) { id name status description tags version inStock seo { title }
          seller { id } brand { name } category { name } options { name values { value } }
          variants { edges { node { id sku name weightGrams price { amount } compareAtPrice { amount } } } } } }`,
        { slug },
        viewer,
      )
    ).data['product'];

  const close = async () => {
    await app.close();
    rmSync(config.importFolder, { recursive: true, force: true });
    await shop[Symbol.asyncDispose]();
  };
  return { shop, app, inline, begin, put, events, product, close };
}

export type ImportDesk = Awaited<ReturnType<typeof openImportDesk>>;
