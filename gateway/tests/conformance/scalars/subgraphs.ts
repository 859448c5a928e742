import { entity, tinySubgraph } from '../subgraph.js';

const ODD = {
  __typename: 'Nothing',
  id: 'not-a-key',
  list: [1, [null, { id: 2 }]],
  'a b': 'ø "\\\n\u2028',
  '': 0,
};
const THINGS = [
  {
    id: 't1',
    meta: ODD,
    metas: [{ id: 'm' }, null, 3],
    big: '99999999999999999999',
    ratio: 0.1,
    on: false,
    name: '',
  },
];

export const subgraphs = [
  tinySubgraph(
    'things',
    `scalar Json
     type Query { things: [Thing!]! echo(value: Json, list: [Json]): Json }
     type Thing @key(fields: "id") { id: ID! meta: Json metas: [Json] big: ID ratio: Float on: Boolean name: String }`,
    {
      Query: {
        things: () => THINGS,
        echo: (_: unknown, { value, list }: { value?: unknown; list?: unknown[] }) => value ?? list,
      },
      Thing: entity(THINGS, 'id'),
    },
  ),
  tinySubgraph(
    'readers',
    `scalar Json
     type Thing @key(fields: "id") {
       id: ID! meta: Json @external on: Boolean @external name: String @external
       read: Json @requires(fields: "meta") flags: Json @requires(fields: "on name")
     }`,
    {
      Thing: {
        __resolveReference: (reference: object) => reference,
        read: ({ meta }: { meta: unknown }) => [meta],
        flags: ({ on, name }: { on: boolean; name: string }) => [on, name],
      },
    },
  ),
];

export { ODD };
