import { broken, tinySubgraph } from '../subgraph.js';

/** What was done, in order: both subgraphs write to one book, which `open` clears. */
const book: string[] = [];
const names = new Map([['c1', 'none']]);
const write = (entry: string) => book.push(entry);

export const subgraphs = [
  tinySubgraph(
    'crates',
    `type Query { crate: Crate }
     type Mutation { open: Int rename(id: ID!, to: String!): Crate fail: Crate failHard: Int! entries: [String!] }
     type Crate @key(fields: "id") { id: ID! name: String }`,
    {
      Query: { crate: () => ({ id: 'c1', name: names.get('c1') }) },
      Mutation: {
        open: () => (book.length = 0),
        rename: (_: unknown, { id, to }: { id: string; to: string }) => {
          names.set(id, to);
          write(`rename to ${to}`);
          return { id, name: to };
        },
        fail: () => {
          write('fail');
          throw broken();
        },
        failHard: () => {
          write('fail hard');
          throw broken();
        },
        entries: () => [...book],
      },
      Crate: { __resolveReference: ({ id }: { id: string }) => ({ id, name: names.get(id) }) },
    },
  ),
  tinySubgraph(
    'labels',
    `type Mutation { stick(id: ID!, note: String): Crate pause: Int }
     type Crate @key(fields: "id") { id: ID! name: String @external label: String @requires(fields: "name") }`,
    {
      Mutation: {
        stick: (_: unknown, { id, note }: { id: string; note: string }) => {
          write(`stick ${note}`);
          return { id };
        },
        pause: async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return write('pause');
        },
      },
      Crate: {
        __resolveReference: (reference: object) => reference,
        label: ({ name }: { name: string }) => {
          write(`label ${name}`);
          return `<${name}>`;
        },
      },
    },
  ),
];
