import { entity, federation1Subgraph } from '../subgraph.js';

const CARS = [
  { vin: 'v1', maker: 'Saab', weight: 900 },
  { vin: 'v2', maker: 'Volvo', weight: 0 },
];

export const subgraphs = [
  federation1Subgraph(
    'cars',
    `type Query { cars: [Car!]! }
     type Car @key(fields: "vin") { vin: ID! maker: String weight: Int }
     type Wheel { inches: Int }`,
    { Query: { cars: () => CARS }, Car: entity(CARS, 'vin') },
  ),
  federation1Subgraph(
    'tolls',
    `extend type Query { dearest: Car }
     extend type Car @key(fields: "vin") {
       vin: ID! @external
       weight: Int @external
       toll: Int @requires(fields: "weight")
       wheels: [Wheel!]
     }
     type Wheel { inches: Int }`,
    {
      Query: { dearest: () => ({ vin: 'v1' }) },
      Car: {
        __resolveReference: (reference: object) => reference,
        toll: ({ weight }: { weight: number }) => weight + 1,
        wheels: () => [{ inches: 16 }],
      },
    },
  ),
];
