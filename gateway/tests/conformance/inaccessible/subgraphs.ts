import { entity, tinySubgraph } from '../subgraph.js';

const ROOMS = [{ serial: 'x1', name: 'Blue', rate: 3, beds: 2, lock: { code: '0000', master: '1' } }];

/** Clients see neither `serial` nor `rate`, and yet one is the key and the other required. */
export const subgraphs = [
  tinySubgraph(
    'rooms',
    `type Query { rooms: [Room!]! }
     type Room @key(fields: "serial") {
       serial: ID! @inaccessible name: String rate(nights: Int!): Int @inaccessible beds: Int @inaccessible
       lock: Lock
     }
     type Lock { code: String master: String @inaccessible }`,
    {
      Query: { rooms: () => ROOMS },
      Room: {
        ...entity(ROOMS, 'serial'),
        rate: ({ rate }: { rate: number }, { nights }: { nights: number }) => rate * nights,
      },
    },
  ),
  tinySubgraph(
    'offers',
    `type Room @key(fields: "serial") {
       serial: ID! view: String rate(nights: Int!): Int @external beds: Int @external
       weekly: Int @requires(fields: "rate(nights: 7)") each: Int @requires(fields: "beds rate(nights: 2)")
     }`,
    {
      Room: {
        __resolveReference: (reference: object) => reference,
        view: ({ serial }: { serial: string }) => `view of ${serial}`,
        weekly: ({ rate }: { rate: number }) => rate,
        each: ({ rate, beds }: { rate: number; beds: number }) => rate / beds,
      },
    },
  ),
];
