import type pg from 'pg';
import { ask, askAgain, compact, requestBody, variablesOf } from './graphql.js';
import type { Input, Operation } from './operation.js';

const PAGE_SIZE = 24;
const PAGES = 20;

const QUERY = compact(`
  query ProductList($first: Int!, $after: String) {
    products(first: $first, after: $after, sort: BEST_SELLING) {
      edges {
        cursor
        node {
          id slug name
          priceRange { min { amount currencyCode } max { amount currencyCode } }
          thumbnail { id url width height alt }
          rating { average count }
          defaultVariant { id price { amount currencyCode } availability { sellable inStock lowStock } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`);

type Variables = { after: string | null };
type Answer = {
  products: { edges: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
};

/** A page of the shop's list: price, picture, rating and stock of 24 products, from four domains. */
export const list: Operation = {
  name: 'list',
  title: `product list of ${PAGE_SIZE}`,
  targetCpuMillis: 10,
  share: 1,
  changing: null,

  async prepare(shop) {
    const inputs: Input[] = [];
    let after: string | null = null;
    while (inputs.length < PAGES) {
      const request = requestBody(QUERY, { first: PAGE_SIZE, after });
      const { text, data }: { text: string; data: Answer } = await ask(shop, request);
      const { edges, pageInfo } = data.products;
      if (edges.length < PAGE_SIZE) break;
      inputs.push({ request, answer: text });
      after = pageInfo.endCursor;
    }
    return inputs;
  },

  perform: askAgain,

  floor: {
    fill: fillFloor,
    statement: `
      SELECT '{"data":{"products":{"edges":[' || string_agg(n.edge, ',' ORDER BY n.position) ||
        '],"pageInfo":' || p.page_info || '}}}' AS body
      FROM list_pages p JOIN list_nodes n ON n.page = p.cursor
      WHERE p.cursor = $1 GROUP BY p.cursor, p.page_info`,
    parameters: (request) => [variablesOf<Variables>(request).after ?? ''],
  },
};

async function fillFloor(database: pg.Client, inputs: readonly Input[]): Promise<void> {
  await database.query(`
    CREATE TABLE list_pages (cursor text PRIMARY KEY, page_info text NOT NULL);
    CREATE TABLE list_nodes (page text NOT NULL, position int NOT NULL, edge text NOT NULL, PRIMARY KEY (page, position))`);
  for (const { request, answer } of inputs) {
    const { data } = JSON.parse(answer) as { data: Answer };
    const cursor = variablesOf<Variables>(JSON.parse(request)).after ?? '';
    await database.query('INSERT INTO list_pages VALUES ($1, $2)', [
      cursor,
      JSON.stringify(data.products.pageInfo),
    ]);
    for (const [position, edge] of data.products.edges.entries())
      await database.query('INSERT INTO list_nodes VALUES ($1, $2, $3)', [
        cursor,
        position,
        JSON.stringify(edge),
      ]);
  }
}
