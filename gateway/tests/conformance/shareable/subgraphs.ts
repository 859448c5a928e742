import { entity, tinySubgraph } from '../subgraph.js';

const PRODUCTS = [
  { id: 'p1', name: 'Lamp', price: { amount: 10, currency: 'EUR', vat: 2 }, spot: { x: 1, y: 2 } },
  { id: 'p2', name: 'Sofa', price: null, spot: { x: 3, y: 4 } },
];

export const subgraphs = [
  tinySubgraph(
    'left',
    `type Query { leftProducts: [Product!]! version: String @shareable }
     type Product @key(fields: "id") { id: ID! name: String @shareable price: Price @shareable spot: Spot! @shareable }
     type Price @shareable { amount: Int currency: String }
     type Spot { x: Int @shareable }`,
    { Query: { leftProducts: () => PRODUCTS, version: () => '1' }, Product: entity(PRODUCTS, 'id') },
  ),
  tinySubgraph(
    'right',
    `type Query { rightProducts: [Product!]! version: String @shareable }
     type Product @key(fields: "id") { id: ID! name: String @shareable price: Price @shareable spot: Spot! @shareable }
     type Price @shareable { amount: Int currency: String vat: Int }
     type Spot { x: Int @shareable y: Int }`,
    { Query: { rightProducts: () => PRODUCTS, version: () => '1' }, Product: entity(PRODUCTS, 'id') },
  ),
];
