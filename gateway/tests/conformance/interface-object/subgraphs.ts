import { tinySubgraph } from '../subgraph.js';

const ITEMS = [
  { __typename: 'Book', id: 'b1', name: 'Emma', pages: 474 },
  { __typename: 'Film', id: 'f1', name: 'Alien', minutes: 117 },
];
const found = ({ id }: { id: string }) => ITEMS.find((item) => item.id === id) ?? null;

/** `reviews` knows items as one type; only `items` knows that there are books and films. */
export const subgraphs = [
  tinySubgraph(
    'items',
    `type Query { items: [Item!]! book: Book }
     interface Item @key(fields: "id") { id: ID! name: String }
     type Book implements Item @key(fields: "id") { id: ID! name: String pages: Int }
     type Film implements Item @key(fields: "id") { id: ID! name: String minutes: Int }`,
    {
      Query: { items: () => ITEMS, book: () => ITEMS[0] },
      Item: { __resolveReference: found },
      Book: { __resolveReference: found },
      Film: { __resolveReference: found },
    },
  ),
  tinySubgraph(
    'reviews',
    `type Query { reviewed: [Item!]! latest: Review }
     type Item @key(fields: "id") @interfaceObject {
       id: ID! name: String @external stars: Int reviews: [Review!] praise: String @requires(fields: "name")
     }
     type Review { text: String item: Item }`,
    {
      Query: {
        reviewed: () => [{ id: 'f1' }, { id: 'b1' }],
        latest: () => ({ text: 'Fine', item: { id: 'b1' } }),
      },
      Item: {
        __resolveReference: ({ id, name }: { id: string; name?: string }) => ({ id, name }),
        stars: ({ id }: { id: string }) => (id === 'b1' ? 5 : 4),
        reviews: ({ id }: { id: string }) => [{ text: `about ${id}`, item: { id } }],
        praise: ({ name }: { name: string }) => `${name}!`,
      },
    },
  ),
];
