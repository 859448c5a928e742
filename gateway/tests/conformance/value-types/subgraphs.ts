import { tinySubgraph } from '../subgraph.js';

const itself = { __resolveReference: ({ id }: { id: string }) => ({ id }) };

/** `Category` is no entity: what `details` knows of it is reached through the product that has it. */
export const subgraphs = [
  tinySubgraph(
    'products',
    `type Query { products: [Product!]! home: Page }
     type Page { hero: Hero }
     type Hero { product: Product text: String }
     type Product @key(fields: "id") { id: ID! category: Category @shareable grid: [[Product]] }
     type Category { id: ID! @shareable }`,
    {
      Query: {
        products: () => [{ id: 'p1' }, { id: 'p2' }],
        home: () => ({ hero: { product: { id: 'p2' }, text: 'New' } }),
      },
      Product: {
        ...itself,
        category: ({ id }: { id: string }) => ({ id: `c-${id}` }),
        grid: ({ id }: { id: string }) => (id === 'p1' ? [[{ id: 'p2' }, null], [], [{ id: 'p1' }]] : null),
      },
    },
  ),
  tinySubgraph(
    'details',
    `type Product @key(fields: "id") { id: ID! category: Category @shareable price: Int }
     type Category { id: ID! @shareable details: Details }
     type Details { products: Int top: Product }`,
    {
      Product: {
        ...itself,
        price: ({ id }: { id: string }) => (id === 'p1' ? 1 : 2),
        category: ({ id }: { id: string }) =>
          id === 'p2' ? null : { id: `c-${id}`, details: { products: 7, top: { id: 'p2' } } },
      },
    },
  ),
];
