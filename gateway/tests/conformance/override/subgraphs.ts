import { entity, tinySubgraph } from '../subgraph.js';

const ITEMS = [
  { id: 'i1', price: -1, name: 'old name', stock: 3, colour: 'old red', shape: 'old shape' },
  { id: 'i2', price: -2, name: 'old name', stock: 4, colour: 'old blue', shape: 'old shape' },
];

/** `fresh` has taken over fields of `old`; whoever still asks `old` for them gets values that are out of date. */
export const subgraphs = [
  tinySubgraph(
    'old',
    `type Query { items: [Item!]! title: String }
     type Item @key(fields: "id") { id: ID! price: Int name: String stock: Int colour: String shape: String }`,
    { Query: { items: () => ITEMS, title: () => 'old title' }, Item: entity(ITEMS, 'id') },
  ),
  tinySubgraph(
    'fresh',
    `type Query { newest: Item title: String @override(from: "old") }
     type Item @key(fields: "id") {
       id: ID!
       price: Int @override(from: "old")
       size: String @override(from: "gone")
       weight: Int
       colour: String @override(from: "old", label: "percent(0)")
       shape: String @override(from: "old", label: "percent(100)")
     }`,
    {
      Query: { newest: () => ({ id: 'i2' }), title: () => 'new title' },
      Item: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        price: ({ id }: { id: string }) => (id === 'i1' ? 10 : 20),
        size: () => 'M',
        weight: () => 5,
        colour: () => 'new colour',
        shape: () => 'new shape',
      },
    },
  ),
];
