import { tinySubgraph } from '../subgraph.js';

const FRIENDS: Record<string, string[]> = { ann: ['ben', 'cid'], ben: ['ann'], cid: [] };
const people = (ids: string[] = []) => ids.map((id) => ({ id }));

export const subgraphs = [
  tinySubgraph(
    'people',
    `type Query { person(id: ID!): Person }
     type Person @key(fields: "id") { id: ID! name: String boss: Person }`,
    {
      Query: { person: (_: unknown, { id }: { id: string }) => ({ id }) },
      Person: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => id.toUpperCase(),
        boss: ({ id }: { id: string }) => (id === 'cid' ? null : { id: 'cid' }),
      },
    },
  ),
  tinySubgraph('circles', `type Person @key(fields: "id") { id: ID! friends: [Person!]! }`, {
    Person: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      friends: ({ id }: { id: string }) => people(FRIENDS[id]),
    },
  }),
];
