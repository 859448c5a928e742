import { tinySubgraph } from '../subgraph.js';

const itself = { __resolveReference: ({ id }: { id: string }) => ({ id }) };

export const subgraphs = [
  tinySubgraph(
    'left',
    `type Query { user: User users: [User] node: Node anything: Anything }
     type Mutation { touch: User }
     interface Node { id: ID! }
     union Anything = User | Box
     type User implements Node @key(fields: "id") { id: ID! box: Box }
     type Box { inner: Box label: String }`,
    {
      Query: {
        user: () => ({ id: 'u1' }),
        users: () => [{ id: 'u1' }, null],
        node: () => ({ __typename: 'User', id: 'u1' }),
        anything: () => ({ __typename: 'Box', label: 'b' }),
      },
      Mutation: { touch: () => ({ id: 'u1' }) },
      User: { ...itself, box: () => ({ label: 'outer', inner: { label: 'inner' } }) },
    },
  ),
  tinySubgraph('right', `type User @key(fields: "id") { id: ID! name: String }`, {
    User: { ...itself, name: () => 'Ann' },
  }),
];
