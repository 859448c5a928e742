import { entity, tinySubgraph } from '../subgraph.js';

const BOOKS = [{ __typename: 'Book', id: 'b1', title: 'Emma', pages: 474 }];
const FILMS = [{ __typename: 'Film', id: 'f1', title: 'Alien', minutes: 117 }];

/** Two subgraphs with one interface, of which each knows other fields; `Digital` is known to one of them only. */
export const subgraphs = [
  tinySubgraph(
    'library',
    `type Query { media: [Media!]! medium(id: ID!): Media digital: [Digital!]! }
     interface Media { id: ID! title: String }
     interface Digital { id: ID! minutes: Int }
     type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
     type Film implements Media & Digital @key(fields: "id") { id: ID! title: String minutes: Int }`,
    {
      Query: {
        media: () => [...BOOKS, ...FILMS],
        medium: (_: unknown, { id }: { id: string }) => [...BOOKS, ...FILMS].find((one) => one.id === id),
        digital: () => FILMS,
      },
      Book: entity(BOOKS, 'id'),
      Film: entity(FILMS, 'id'),
    },
  ),
  tinySubgraph(
    'critics',
    `type Query { praised: [Media!]! }
     interface Media { id: ID! score: Int similar: [Media!] }
     type Book implements Media @key(fields: "id") { id: ID! score: Int similar: [Media!] blurb: String }
     type Film implements Media @key(fields: "id") { id: ID! score: Int similar: [Media!] stars: [String!] }`,
    {
      Query: {
        praised: () => [
          { __typename: 'Film', id: 'f1' },
          { __typename: 'Book', id: 'b1' },
        ],
      },
      Book: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        score: () => 9,
        similar: () => [{ __typename: 'Film', id: 'f1' }],
        blurb: () => 'Witty',
      },
      Film: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        score: () => 8,
        similar: () => [],
        stars: () => ['Weaver'],
      },
    },
  ),
];
