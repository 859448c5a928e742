import { tinySubgraph } from '../subgraph.js';

type SeatKey = { row: string; hall: { id: string; city: { code: string } } };
type TourKey = { stops: { port: string; nights: number }[] };

const HALL = { id: 'h1', city: { code: 'OSL' } };
const SEATS = [
  { row: 'A', hall: HALL, view: 'good' },
  { row: 'B', hall: HALL, view: 'fair' },
];
const TOURS = [
  {
    name: 'North',
    stops: [
      { port: 'Bergen', nights: 1 },
      { port: 'Bodø', nights: 2 },
    ],
  },
  { name: 'Nowhere', stops: [] },
];

export const subgraphs = [
  tinySubgraph(
    'halls',
    `type Query { seats: [Seat!]! tours: [Tour!]! }
     type Seat @key(fields: "row hall { id city { code } }") { row: String! hall: Hall! view: String }
     type Hall @shareable { id: ID! city: City! }
     type City @shareable { code: String! }
     type Tour @key(fields: "stops { port nights }") { name: String stops: [Stop!]! }
     type Stop @shareable { port: String! nights: Int! }`,
    {
      Query: { seats: () => SEATS, tours: () => TOURS },
      Seat: { __resolveReference: ({ row }: SeatKey) => SEATS.find((seat) => seat.row === row) ?? null },
    },
  ),
  tinySubgraph(
    'tickets',
    `type Query { cheapest: Seat }
     type Seat @key(fields: "row hall { id city { code } }") { row: String! hall: Hall! price: Int }
     type Hall @shareable { id: ID! city: City! }
     type City @shareable { code: String! }
     type Tour @key(fields: "stops { port nights }") { stops: [Stop!]! fare: Int }
     type Stop @shareable { port: String! nights: Int! }`,
    {
      Query: { cheapest: () => ({ row: 'B', hall: HALL, price: 8 }) },
      Seat: {
        __resolveReference: (seat: SeatKey) => ({
          ...seat,
          price: seat.hall.city.code === 'OSL' && seat.hall.id === 'h1' ? (seat.row === 'A' ? 12 : 8) : null,
        }),
      },
      Tour: {
        __resolveReference: ({ stops }: TourKey) => ({
          stops,
          fare: stops.reduce((sum, { nights }) => sum + 100 * nights, 0),
        }),
      },
    },
  ),
];
