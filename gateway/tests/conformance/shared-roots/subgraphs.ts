import { tinySubgraph } from '../subgraph.js';

type Asked = { id: string };

/** Both subgraphs answer `product`; each alone knows a part of it, and it has no key to go by. */
export const subgraphs = [
  tinySubgraph(
    'names',
    `type Query { product(id: ID!): Product @shareable names: Int }
     type Product { id: ID! @shareable name: Name }
     type Name { short: String @shareable long: String }`,
    {
      Query: {
        product: (_: unknown, { id }: Asked) =>
          id === 'gone' ? null : { id, name: { short: id, long: `long ${id}` } },
        names: () => 1,
      },
    },
  ),
  tinySubgraph(
    'prices',
    `type Query { product(id: ID!): Product @shareable prices: Int }
     type Product { id: ID! @shareable price: Int category: Category }
     type Category { id: ID! }`,
    {
      Query: {
        product: (_: unknown, { id }: Asked) =>
          id === 'gone' ? null : { id, price: 5, category: { id: 'c1' } },
        prices: () => 2,
      },
    },
  ),
];
