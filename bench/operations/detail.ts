import type pg from 'pg';
import { ask, askAgain, compact, requestBody, variablesOf } from './graphql.js';
import type { Input, Operation } from './operation.js';

const PRODUCTS = 100;
const PAGE_SIZE = 100;

const QUERY = compact(`
  query ProductPage($slug: String!) {
    product(slug: $slug) {
      id slug name description tags inStock
      seo { title description canonicalUrl noIndex }
      brand { id slug name logo { id url } }
      category { id slug name ancestors { id slug name } }
      seller { id slug businessName }
      priceRange { min { amount currencyCode } max { amount currencyCode } }
      options { id name required values { id value hex } }
      variants(first: 20) {
        edges {
          node {
            id sku name
            price { amount currencyCode }
            compareAtPrice { amount currencyCode }
            optionValues { id name value hex }
            availability { sellable inStock lowStock backorderable }
          }
        }
      }
      media { id url kind width height alt }
      rating { average count histogram }
      reviews(first: 5) {
        totalCount
        edges { node { id rating title comment verifiedPurchase createdAt author { id displayName } } }
      }
    }
  }`);

const SLUGS = compact(`
  query Slugs($first: Int!) { products(first: $first, sort: BEST_SELLING) { edges { node { slug } } } }`);

type Variables = { slug: string };

/** The page of one product: all that its page shows, from five domains. */
export const detail: Operation = {
  name: 'detail',
  title: 'product detail',
  targetCpuMillis: 10,
  share: 1,
  changing: null,

  async prepare(shop) {
    const { data } = await ask<{ products: { edges: { node: { slug: string } }[] } }>(
      shop,
      requestBody(SLUGS, { first: Math.min(PRODUCTS, PAGE_SIZE) }),
    );
    const inputs: Input[] = [];
    for (const { node } of data.products.edges) {
      const request = requestBody(QUERY, { slug: node.slug });
      inputs.push({ request, answer: (await ask(shop, request)).text });
    }
    return inputs;
  },

  perform: askAgain,

  floor: {
    fill: fillFloor,
    statement: 'SELECT \'{"data":{"product":\' || node || \'}}\' AS body FROM detail_nodes WHERE slug = $1',
    parameters: (request) => [variablesOf<Variables>(request).slug],
  },
};

async function fillFloor(database: pg.Client, inputs: readonly Input[]): Promise<void> {
  await database.query('CREATE TABLE detail_nodes (slug text PRIMARY KEY, node text NOT NULL)');
  for (const { request, answer } of inputs) {
    const { data } = JSON.parse(answer) as { data: { product: unknown } };
    await database.query('INSERT INTO detail_nodes VALUES ($1, $2)', [
      variablesOf<Variables>(JSON.parse(request)).slug,
      JSON.stringify(data.product),
    ]);
  }
}
