import { tinySubgraph } from '../subgraph.js';

/** `Mood` is only ever answered, so all values count; `Size` is only ever asked, so common values do; `Unit` is both. */
export const subgraphs = [
  tinySubgraph(
    'left',
    `type Query { left: Person shirts(size: Size!): Int lengthIn(unit: Unit!): Unit }
     type Person @key(fields: "id") { id: ID! mood: Mood moods: [Mood!] }
     enum Mood { GLAD SAD }
     enum Size { S M }
     enum Unit { CM MM }`,
    {
      Query: {
        left: () => ({ id: 'p1', mood: 'GLAD', moods: ['SAD', 'GLAD'] }),
        shirts: (_: unknown, { size }: { size: string }) => (size === 'M' ? 2 : 1),
        lengthIn: (_: unknown, { unit }: { unit: string }) => unit,
      },
    },
  ),
  tinySubgraph(
    'right',
    `type Query { right: Person trousers(sizes: [Size!]): [String!] }
     type Person @key(fields: "id") { id: ID! tomorrow: Mood unit: Unit }
     enum Mood { SAD ANGRY }
     enum Size { M L }
     enum Unit { CM MM }`,
    {
      Query: {
        right: () => ({ id: 'p1' }),
        trousers: (_: unknown, { sizes }: { sizes?: string[] }) => sizes,
      },
      Person: {
        __resolveReference: (reference: object) => reference,
        tomorrow: () => 'ANGRY',
        unit: () => 'MM',
      },
    },
  ),
];
