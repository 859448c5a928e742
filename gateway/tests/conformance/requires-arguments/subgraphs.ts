import { broken, entity, tinySubgraph } from '../subgraph.js';

const GOODS = [
  { id: 'g1', cents: 1000, box: { width: 10, depth: 4 } },
  { id: 'g2', cents: 0, box: null },
];
const RATES: Record<string, number> = { EUR: 1, USD: 2, NOK: 10 };
const SCALES: Record<string, number> = { CM: 1, MM: 10 };

type Good = (typeof GOODS)[number];
type Told = {
  price?: number | null;
  box?: { width?: number; depth?: number } | null;
  owner?: { fee: number };
};

const said = (value: unknown) => (value === undefined ? 'nothing was sent' : JSON.stringify(value));

/** `labels` answers with what it was told, so that every answer shows which arguments the gateway gave. */
export const subgraphs = [
  tinySubgraph(
    'goods',
    `type Query { goods: [Good!]! good: Good! things: [Thing!]! }
     interface Thing { id: ID! price(currency: String = "EUR"): Int }
     type Good implements Thing @key(fields: "id") {
       id: ID! price(currency: String = "EUR"): Int box(unit: Unit! = CM): Box owner(past: Boolean): Owner
     }
     type Service implements Thing @key(fields: "id") { id: ID! price(currency: String = "EUR"): Int }
     type Box { width(times: Int = 1): Int depth: Int }
     type Owner @key(fields: "id") { id: ID! }
     enum Unit { CM MM }`,
    {
      Query: {
        goods: () => GOODS,
        good: () => GOODS[0],
        things: () => [
          { __typename: 'Good', ...GOODS[0] },
          { __typename: 'Service', id: 's1' },
        ],
      },
      Good: {
        ...entity(GOODS, 'id'),
        price: ({ cents }: Good, { currency }: { currency: string }) => {
          if (!RATES[currency]) throw broken('NO_SUCH_CURRENCY');
          return cents * RATES[currency];
        },
        box: ({ box }: Good, { unit }: { unit: string }) =>
          box && { width: box.width * (SCALES[unit] ?? 0), depth: box.depth * (SCALES[unit] ?? 0) },
        owner: (_: unknown, { past }: { past?: boolean }) => ({ id: past ? 'old' : 'new' }),
      },
      Service: {
        ...entity([{ id: 's1' }], 'id'),
        price: (_: unknown, { currency }: { currency: string }) => 7 * (RATES[currency] ?? 0),
      },
      Box: { width: ({ width }: { width: number }, { times }: { times: number }) => width * times },
    },
  ),
  tinySubgraph('owners', `type Owner @key(fields: "id") { id: ID! fee(percent: Int!): Int }`, {
    Owner: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      fee: ({ id }: { id: string }, { percent }: { percent: number }) => (id === 'old' ? 100 : 200) + percent,
    },
  }),
  tinySubgraph(
    'labels',
    `type Good @key(fields: "id") {
       id: ID!
       price(currency: String = "EUR"): Int @external
       box(unit: Unit! = CM): Box @external
       owner(past: Boolean): Owner @external
       plain: String @requires(fields: "price")
       euros: String @requires(fields: "price(currency: \\"EUR\\")")
       dollars(sign: String = "$"): String @requires(fields: "price(currency: \\"USD\\")")
       kroner: String @requires(fields: "price(currency: \\"NOK\\")")
       small: String @requires(fields: "box(unit: CM) { width depth }")
       large: String @requires(fields: "box(unit: MM) { width(times: 2) depth }")
       wide: String @requires(fields: "box { width(times: 3) }")
       both: String @requires(fields: "price(currency: \\"USD\\") box(unit: MM) { width }")
       charge: String @requires(fields: "owner(past: true) { fee(percent: 5) }")
       newCharge: String @requires(fields: "owner(past: false) { fee(percent: 9) }")
       marks: String @requires(fields: "price(currency: \\"DEM\\")")
       nothing: String
     }
     type Service @key(fields: "id") {
       id: ID!
       price(currency: String = "EUR"): Int @external
       dollars(sign: String = "$"): String @requires(fields: "price(currency: \\"USD\\")")
     }
     type Box @external { width(times: Int = 1): Int depth: Int }
     type Owner @key(fields: "id", resolvable: false) { id: ID! fee(percent: Int!): Int @external }
     enum Unit { CM MM }`,
    {
      Good: {
        __resolveReference: (reference: object) => reference,
        plain: ({ price }: Told) => said(price),
        euros: ({ price }: Told) => `€${said(price)}`,
        dollars: ({ price }: Told, { sign }: { sign: string }) => `${sign}${said(price)}`,
        kroner: ({ price }: Told) => `kr${said(price)}`,
        small: ({ box }: Told) => box && `${box.width} by ${box.depth}`,
        large: ({ box }: Told) => box && `${box.width} by ${box.depth}`,
        wide: ({ box }: Told) => said(box?.width),
        both: ({ price, box }: Told) => said([price, box?.width ?? null]),
        charge: ({ owner }: Told) => said(owner?.fee),
        newCharge: ({ owner }: Told) => said(owner?.fee),
        marks: ({ price }: Told) => said(price),
        nothing: () => 'nothing',
      },
      Service: {
        __resolveReference: (reference: object) => reference,
        dollars: ({ price }: Told, { sign }: { sign: string }) => `${sign}${said(price)}`,
      },
    },
  ),
];
