import { entity, tinySubgraph } from '../subgraph.js';

const ITEMS = [
  { id: 'i1', sku: 's1', upc: 'u1', name: 'Kettle' },
  { id: 'i2', sku: 's2', upc: 'u2', name: 'Toaster' },
];

/** `store` speaks ids and SKUs, `prices` SKUs only, `weights` UPCs only, and `codes` translates SKUs to UPCs. */
export const subgraphs = [
  tinySubgraph(
    'store',
    `type Query { items: [Item!]! }
     type Item @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! name: String! }`,
    { Query: { items: () => ITEMS }, Item: entity(ITEMS, 'id', 'sku') },
  ),
  tinySubgraph(
    'prices',
    `type Query { cheapest: Item }
     type Item @key(fields: "sku") { sku: String! price: Int }`,
    {
      Query: { cheapest: () => ({ sku: 's2', price: 20 }) },
      Item: entity(
        [
          { sku: 's1', price: 30 },
          { sku: 's2', price: 20 },
        ],
        'sku',
      ),
    },
  ),
  tinySubgraph('codes', `type Item @key(fields: "sku") @key(fields: "upc") { sku: String! upc: String! }`, {
    Item: entity(ITEMS, 'sku', 'upc'),
  }),
  tinySubgraph(
    'weights',
    `type Query { heaviest: Item }
     type Item @key(fields: "upc") { upc: String! grams: Int }`,
    {
      Query: { heaviest: () => ({ upc: 'u1', grams: 900 }) },
      Item: entity(
        [
          { upc: 'u1', grams: 900 },
          { upc: 'u2', grams: 700 },
        ],
        'upc',
      ),
    },
  ),
];
