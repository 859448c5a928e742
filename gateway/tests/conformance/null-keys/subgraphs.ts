import { tinySubgraph } from '../subgraph.js';

const PARCELS = [
  { id: 'p1', tracking: 't1' },
  { id: 'p2', tracking: null },
  { id: 'p3', tracking: 't3' },
];

export const subgraphs = [
  tinySubgraph(
    'warehouse',
    `type Query { parcels: [Parcel] envelope: Parcel }
     type Parcel @key(fields: "tracking") { id: ID! tracking: String }`,
    { Query: { parcels: () => [PARCELS[0], null, PARCELS[1], PARCELS[2]], envelope: () => PARCELS[1] } },
  ),
  tinySubgraph(
    'carrier',
    `type Parcel @key(fields: "tracking") { tracking: String place: String note: String! }`,
    {
      Parcel: {
        __resolveReference: ({ tracking }: { tracking: string | null }) =>
          tracking === 't1' ? { tracking, place: 'Oslo', note: 'fragile' } : null,
      },
    },
  ),
];
