import { tinySubgraph } from '../subgraph.js';

const at = (typeName: string, id: string, rest: object = {}) => ({ __typename: typeName, id, ...rest });
const itself = { __resolveReference: (reference: object) => reference };

/** The union of both: `Clip` is made of `Film`, `Song` and `Talk`, though neither subgraph knows all three. */
export const subgraphs = [
  tinySubgraph(
    'archive',
    `type Query { clips: [Clip]! shelf: Shelf }
     union Clip = Film | Song
     type Shelf { top: Clip rest: [Clip!] @shareable }
     type Film @key(fields: "id") { id: ID! title: String }
     type Song @key(fields: "id") { id: ID! name: String }`,
    {
      Query: {
        clips: () => [at('Film', 'f1'), null, at('Song', 's1')],
        shelf: () => ({ top: at('Song', 's1'), rest: [at('Film', 'f1')] }),
      },
      Film: { ...itself, title: ({ id }: { id: string }) => `title of ${id}` },
      Song: { ...itself, name: ({ id }: { id: string }) => `name of ${id}` },
    },
  ),
  tinySubgraph(
    'radio',
    `type Query { onAir: [Clip!]! }
     union Clip = Song | Talk
     type Song @key(fields: "id") { id: ID! beats: Int }
     type Talk @key(fields: "id") { id: ID! speaker: String next: Clip }`,
    {
      Query: { onAir: () => [at('Talk', 't1'), at('Song', 's1')] },
      Song: { ...itself, beats: () => 120 },
      Talk: { ...itself, speaker: () => 'Ann', next: () => at('Song', 's2') },
    },
  ),
];
