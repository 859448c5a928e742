import { tinySubgraph } from '../subgraph.js';

const SHOES = [
  { __typename: 'Boot', id: 's1', size: 42 },
  { __typename: 'Clog', id: 's2', size: 40 },
];
const itself = { __resolveReference: (reference: object) => reference };
const about = ({ size }: { size: number }) => `size ${size}`;

export const subgraphs = [
  tinySubgraph(
    'shoes',
    `type Query { shoes: [Shoe!]! boot: Boot }
     interface Shoe { id: ID! size: Int }
     type Boot implements Shoe @key(fields: "id") { id: ID! size: Int }
     type Clog implements Shoe @key(fields: "id") { id: ID! size: Int }`,
    {
      Query: { shoes: () => SHOES, boot: () => SHOES[0] },
      Boot: { __resolveReference: () => SHOES[0] },
      Clog: { __resolveReference: () => SHOES[1] },
    },
  ),
  tinySubgraph(
    'prices',
    `type Boot @key(fields: "id") { id: ID! price: Int size: Int @external about: String @requires(fields: "size") }
     type Clog @key(fields: "id") { id: ID! price: Int size: Int @external about: String @requires(fields: "size") }`,
    { Boot: { ...itself, price: () => 90, about }, Clog: { ...itself, price: () => 60, about } },
  ),
];
