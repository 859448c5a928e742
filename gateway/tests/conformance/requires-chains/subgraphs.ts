import { entity, tinySubgraph } from '../subgraph.js';

const ORES = [
  { id: 'o1', raw: 'iron' },
  { id: 'o2', raw: null },
];
type Ore = Record<'id' | 'raw' | 'molten' | 'bar' | 'blade', string | null>;

/** Each subgraph works on what the one before it made; `mine` comes back at the end. */
export const subgraphs = [
  tinySubgraph(
    'mine',
    `type Query { ores: [Ore!]! vein: Vein }
     type Vein { ore: Ore depth: Int }
     type Ore @key(fields: "id") {
       id: ID! raw: String blade: String @external sword: String @requires(fields: "blade")
     }`,
    {
      Query: { ores: () => ORES, vein: () => ({ ore: ORES[0], depth: 40 }) },
      Ore: { ...entity(ORES, 'id'), sword: ({ blade }: Ore) => blade && `${blade} sword` },
    },
  ),
  tinySubgraph(
    'smelter',
    `type Ore @key(fields: "id") { id: ID! raw: String @external molten: String @requires(fields: "raw") }`,
    {
      Ore: {
        __resolveReference: (reference: object) => reference,
        molten: ({ raw }: Ore) => raw && `molten ${raw}`,
      },
    },
  ),
  tinySubgraph(
    'forge',
    `type Ore @key(fields: "id") {
       id: ID! molten: String @external raw: String @external
       bar: String @requires(fields: "molten")
       label: String @requires(fields: "raw molten")
       other: Int
     }`,
    {
      Ore: {
        __resolveReference: (reference: object) => reference,
        bar: ({ molten }: Ore) => molten && `bar of ${molten}`,
        label: ({ raw, molten }: Ore) => `${raw}/${molten}`,
        other: () => 7,
      },
    },
  ),
  tinySubgraph(
    'smith',
    `type Ore @key(fields: "id") { id: ID! bar: String @external blade: String @requires(fields: "bar") }`,
    {
      Ore: {
        __resolveReference: (reference: object) => reference,
        blade: ({ bar }: Ore) => bar && `blade from ${bar}`,
      },
    },
  ),
];
