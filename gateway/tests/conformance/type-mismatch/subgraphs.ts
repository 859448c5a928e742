import { tinySubgraph } from '../subgraph.js';

const itself = { __resolveReference: (reference: object) => reference };

/** Keys of one name and other types, and fields that are stricter in one subgraph than in the other. */
export const subgraphs = [
  tinySubgraph(
    'accounts',
    `type Query { accounts: [Account!]! lax: User }
     union Account = User | Admin | Bot
     type User @key(fields: "id") { id: ID name: String @shareable }
     type Admin @key(fields: "id") { id: ID! level: Int }
     type Bot @key(fields: "id") { id: Int! }`,
    {
      Query: {
        accounts: () => [
          { __typename: 'User', id: 'u1', name: 'Ann' },
          { __typename: 'Admin', id: 'a1', level: 3 },
          { __typename: 'Bot', id: 7 },
        ],
        lax: () => ({ id: 'u1', name: null }),
      },
      User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ann' }) },
    },
  ),
  tinySubgraph(
    'photos',
    `type Query { strict: User }
     type User @key(fields: "id") { id: ID! name: String! @shareable photo: String }
     type Admin @key(fields: "id") { id: ID! photo: String! }
     type Bot @key(fields: "id") { id: Int! photo: [String!] }`,
    {
      Query: { strict: () => ({ id: 'u1', name: 'Ann' }) },
      User: { ...itself, photo: ({ id }: { id: string }) => `${id}.jpg` },
      Admin: { ...itself, photo: ({ id }: { id: string }) => `${id}.png` },
      Bot: { ...itself, photo: ({ id }: { id: number }) => [`${id + 1}.gif`] },
    },
  ),
];
