import { entity, tinySubgraph } from '../subgraph.js';

const PETS = [
  { __typename: 'Dog', id: 'd1', name: 'Rex', barks: true, home: { street: 'Elm', zip: '1' } },
  { __typename: 'Cat', id: 'c1', name: 'Tom', lives: 9, home: { street: 'Oak', zip: '2' } },
];
const one = (typeName: string) => PETS.filter(({ __typename }) => __typename === typeName);

export const subgraphs = [
  tinySubgraph(
    'pets',
    `type Query { pets: [Pet!]! rex: Dog }
     interface Named { name: String }
     interface Pet { id: ID! name: String home: Home }
     type Dog implements Pet & Named @key(fields: "id") { id: ID! name: String home: Home barks: Boolean }
     type Cat implements Pet & Named @key(fields: "id") { id: ID! name: String home: Home lives: Int }
     type Home { street: String zip: String }`,
    {
      Query: { pets: () => PETS, rex: () => PETS[0] },
      Dog: entity(one('Dog'), 'id'),
      Cat: entity(one('Cat'), 'id'),
    },
  ),
  tinySubgraph(
    'vets',
    `type Dog @key(fields: "id") { id: ID! weight: Int visits: [Visit!] }
     type Cat @key(fields: "id") { id: ID! weight: Int }
     type Visit { year: Int reason: String }`,
    {
      Dog: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        weight: () => 30,
        visits: () => [{ year: 2020, reason: 'cough' }],
      },
      Cat: { __resolveReference: ({ id }: { id: string }) => ({ id }), weight: () => 4 },
    },
  ),
];
