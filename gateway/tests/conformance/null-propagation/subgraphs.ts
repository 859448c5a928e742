import { broken, entity, tinySubgraph } from '../subgraph.js';

const ROWS = [{ id: 'r1' }, { id: 'r2' }, { id: 'r3' }];

/** What the second subgraph says of `r2` is broken, and it has never heard of `r3`. */
const onlyFirst =
  (value: unknown) =>
  ({ id }: { id: string }) => {
    if (id === 'r2') throw broken();
    return value;
  };

export const subgraphs = [
  tinySubgraph(
    'rows',
    `type Query { rows: [Row]! strict: [Row!] strictest: [Row!]! row(id: ID!): Row must(id: ID!): Row! table: Table }
     type Table { title: String first: Row! rows: [Row!]! }
     type Row @key(fields: "id") { id: ID! own: String! ownNull: String next: Row! }`,
    {
      Query: {
        rows: () => ROWS,
        strict: () => ROWS,
        strictest: () => ROWS,
        row: (_: unknown, { id }: { id: string }) => ROWS.find((row) => row.id === id),
        must: (_: unknown, { id }: { id: string }) => ROWS.find((row) => row.id === id),
        table: () => ({ title: 'T', first: ROWS[0], rows: ROWS }),
      },
      Row: {
        ...entity(ROWS, 'id'),
        own: ({ id }: { id: string }) => {
          if (id === 'r3') throw broken('OWN');
          return `own ${id}`;
        },
        next: () => ROWS[1],
      },
    },
  ),
  tinySubgraph(
    'facts',
    `type Row @key(fields: "id") { id: ID! may: String must: String! mays: [String] musts: [Part!] part: Part }
     type Part { name: String! note: String }`,
    {
      Row: {
        __resolveReference: ({ id }: { id: string }) => (id === 'r3' ? null : { id }),
        may: onlyFirst('may'),
        must: onlyFirst('must'),
        mays: ({ id }: { id: string }) => ['a', id === 'r2' ? broken() : null],
        musts: ({ id }: { id: string }) => [{ name: 'a' }, { name: id === 'r2' ? broken() : 'b' }],
        part: ({ id }: { id: string }) => ({ name: id === 'r2' ? broken() : 'n', note: 'o' }),
      },
    },
  ),
];
