import { entity, tinySubgraph } from '../subgraph.js';

const HOUSES = [
  { id: 'h1', street: 'Elm', rooms: 4, plot: { id: 'x1', area: 90 } },
  { id: 'h2', street: 'Oak', rooms: 0, plot: { id: 'x2', area: 80 } },
];
type Told = { rooms?: number; plot?: { area: number } };

/** The client may call anything `id`, `rooms` or `plot`; subgraphs must be told the truth all the same. */
export const subgraphs = [
  tinySubgraph(
    'houses',
    `type Query { houses: [House!]! dwellings: [Dwelling!]! }
     interface Dwelling { id: ID! street: String }
     type House implements Dwelling @key(fields: "id") { id: ID! street: String rooms: Int plot: Plot }
     type Plot @key(fields: "id") { id: ID! area: Int }`,
    {
      Query: {
        houses: () => HOUSES,
        dwellings: () => HOUSES.map((one) => ({ __typename: 'House', ...one })),
      },
      House: entity(HOUSES, 'id'),
      Plot: entity(
        HOUSES.map(({ plot }) => plot),
        'id',
      ),
    },
  ),
  tinySubgraph(
    'taxes',
    `type House @key(fields: "id") {
       id: ID! rooms: Int @external plot: Plot @external
       tax: Int @requires(fields: "rooms") ground: Int @requires(fields: "plot { area }") due: String
     }
     type Plot @key(fields: "id") { id: ID! area: Int @external soil: String }`,
    {
      House: {
        __resolveReference: (reference: object) => reference,
        tax: ({ rooms }: Told) => (rooms ?? -1) * 10,
        ground: ({ plot }: Told) => (plot?.area ?? -1) * 2,
        due: ({ id }: { id: string }) => (id === 'h1' ? 'May' : 'June'),
      },
      Plot: {
        __resolveReference: (reference: object) => reference,
        soil: ({ id }: { id: string }) => (id === 'x1' ? 'clay' : 'sand'),
      },
    },
  ),
];
