import { ask, compact, requestBody } from './graphql.js';
import type { OpenShop } from './operation.js';

const QUERY = compact(`
  query InStock($first: Int!) {
    products(first: $first, filter: { inStock: true }) {
      edges { node { defaultVariant { id availability { inStock } } } }
    }
  }`);

type Answer = {
  products: { edges: { node: { defaultVariant: { id: string; availability: { inStock: boolean } } } }[] };
};

/** So many different things that can be bought. */
export async function sellableVariants(shop: OpenShop): Promise<string[]> {
  const { data } = await ask<Answer>(shop, requestBody(QUERY, { first: 100 }));
  return data.products.edges.flatMap(({ node: { defaultVariant } }) =>
    defaultVariant.availability.inStock ? [defaultVariant.id] : [],
  );
}
