import { entity, tinySubgraph } from '../subgraph.js';

const GOODS = [
  {
    id: 'g1',
    weight: 2,
    size: { width: 3, height: 4 },
    parts: [{ grams: 10 }, { grams: 5 }],
    tags: ['a', 'b'],
  },
  { id: 'g2', weight: 0, size: null, parts: [], tags: [] },
  { id: 'g3', weight: null, size: { width: 1, height: null }, parts: null, tags: null },
];
type Good = (typeof GOODS)[number];

const said = (value: unknown) => (value === undefined ? 'nothing was sent' : JSON.stringify(value));

/** The subgraph answers with what it was sent, so that every answer shows its representation. */
export const subgraphs = [
  tinySubgraph(
    'goods',
    `type Query { goods: [Good!]! good(id: ID!): Good }
     type Good @key(fields: "id") { id: ID! weight: Int size: Size parts: [Part!] tags: [String!] }
     type Size { width: Int height: Int }
     type Part { grams: Int }`,
    {
      Query: {
        goods: () => GOODS,
        good: (_: unknown, { id }: { id: string }) => GOODS.find((good) => good.id === id),
      },
      Good: entity(GOODS, 'id'),
    },
  ),
  tinySubgraph(
    'shipping',
    `type Query { promoted: Good }
     type Good @key(fields: "id") {
       id: ID!
       weight: Int @external
       size: Size @external
       parts: [Part!] @external
       tags: [String!] @external
       byWeight: String @requires(fields: "weight")
       bySize: String @requires(fields: "size { width height }")
       byWidth: String @requires(fields: "size { width }")
       byParts: String @requires(fields: "parts { grams }")
       byTags: String @requires(fields: "tags")
       byTwo: String @requires(fields: "weight tags")
       free: String
     }
     type Size @external { width: Int height: Int }
     type Part @external { grams: Int }`,
    {
      Query: { promoted: () => ({ id: 'g1' }) },
      Good: {
        __resolveReference: (reference: object) => reference,
        byWeight: ({ weight }: Good) => said(weight),
        bySize: ({ size }: Good) => said(size && [size.width, size.height]),
        byWidth: ({ size }: Good) => said(size?.width),
        byParts: ({ parts }: Good) => said(parts && parts.map(({ grams }) => grams)),
        byTags: ({ tags }: Good) => said(tags),
        byTwo: ({ weight, tags }: Good) => said([weight, tags]),
        free: ({ weight }: Good) => said(weight),
      },
    },
  ),
];
