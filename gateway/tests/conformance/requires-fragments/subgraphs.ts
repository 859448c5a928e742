import { tinySubgraph } from '../subgraph.js';

const ORDERS = [
  {
    id: 'o1',
    payment: { __typename: 'Card', amount: 5, number: '4242' },
    buyer: { __typename: 'Person', name: 'Ann' },
  },
  {
    id: 'o2',
    payment: { __typename: 'Cash', amount: 7, coins: 3 },
    buyer: { __typename: 'Firm', vat: 'NO 1' },
  },
  { id: 'o3', payment: null, buyer: null },
];
type Told = {
  payment: { __typename: string; amount: number; number?: string; coins?: number } | null;
  buyer: { __typename: string; name?: string; vat?: string } | null;
};

const TYPES = `
  interface Payment { amount: Int }
  union Buyer = Person | Firm`;

export const subgraphs = [
  tinySubgraph(
    'orders',
    `type Query { orders: [Order!]! }
     type Order @key(fields: "id") { id: ID! payment: Payment buyer: Buyer }
     ${TYPES}
     type Card implements Payment { amount: Int number: String }
     type Cash implements Payment { amount: Int coins: Int }
     type Person { name: String }
     type Firm { vat: String }`,
    {
      Query: { orders: () => ORDERS },
      Order: { __resolveReference: ({ id }: { id: string }) => ORDERS.find((order) => order.id === id) },
    },
  ),
  tinySubgraph(
    'receipts',
    `type Order @key(fields: "id") {
       id: ID!
       payment: Payment @external
       buyer: Buyer @external
       receipt: String @requires(fields: "payment { amount ... on Card { number } ... on Cash { coins } }")
       addressee: String @requires(fields: "buyer { ... on Person { name } ... on Firm { vat } }")
       method: String @requires(fields: "payment { __typename }")
     }
     ${TYPES}
     type Card implements Payment @external { amount: Int number: String }
     type Cash implements Payment @external { amount: Int coins: Int }
     type Person @external { name: String }
     type Firm @external { vat: String }`,
    {
      Order: {
        __resolveReference: (reference: object) => reference,
        receipt: ({ payment }: Told) =>
          payment && `${payment.amount} by ${payment.number ?? `${payment.coins} coins`}`,
        addressee: ({ buyer }: Told) => buyer && (buyer.name ?? buyer.vat),
        method: ({ payment }: Told) => payment?.__typename,
      },
    },
  ),
];
