import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { createInProcessPubSub } from '@storegraph/events';
import { setLogLevel } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import { composeInline, linkInline, noting, type ReachedRequest } from './inline-subgraph.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@tag", "@authenticated", "@requiresScopes", "@policy", "@inaccessible"
])`;

const CATALOG = `${LINK}
type Query {
  products(first: Int = 20): [Product!]!
  product(id: ID!): Product
  byShape(shape: Shape!): [Product]!
  report: String @requiresScopes(scopes: [["order:read"]])
  account: Account @authenticated
  things: [Thing!]!
  results: [Result!]!
  stockOf(sku: String!): Int @policy(policies: [["service"]]) @inaccessible
  broken: String
  refused: String
}
type Mutation { rename(id: ID!, name: String!): Product }
type Subscription {
  productChanged(id: ID!): Product!
  accountChanged: Account! @authenticated
}
enum Shape { ROUND SQUARE }
interface Thing { id: ID! note: String }
type Product implements Thing @key(fields: "id") {
  id: ID! name: String! weight: Int! note: String cost: Int @requiresScopes(scopes: [["catalog:write"]])
}
type Voucher implements Thing { id: ID! note: String @authenticated code: String @policy(policies: [["staff"]]) }
union Result = Product | Voucher
type Account { id: ID! email: String @policy(policies: [["self"]]) }
`;

const REVIEWS = `${LINK}
type Query { ratings: [Int!]! }
type Product @key(fields: "id") {
  id: ID! rating: Int weight: Int! @external shippingClass: String @requires(fields: "weight")
}
`;

type Row = { id: string; name: string; weight: number; cost: number };

/** What the test of one gateway can see and steer of its subgraphs. */
export type InlineGraph = {
  readonly supergraphSdl: string;
  readonly typeDefs: readonly { name: string; typeDefs: DocumentNode; url: string }[];
  readonly links: readonly SubgraphLink[];
  /** Every request that reached a subgraph. */
  readonly requests: ReachedRequest[];
  readonly catalog: Switchable;
  readonly reviews: Switchable;
  change(row: Partial<Row> & { id: string }): Promise<void>;
};

export type Switchable = { mode: 'up' | 'down' | 'hanging' };

/** Two real federated subgraphs, in process, whose wires can be cut. */
export function inlineGraph(): InlineGraph {
  setLogLevel('silent');
  const rows = new Map<string, Row>(
    [
      { id: 'p1', name: 'Lamp', weight: 2, cost: 10 },
      { id: 'p2', name: 'Sofa', weight: 40, cost: 300 },
    ].map((row) => [row.id, row]),
  );
  const pubsub = createInProcessPubSub();
  const requests: InlineGraph['requests'] = [];
  const catalog: Switchable = { mode: 'up' };
  const reviews: Switchable = { mode: 'up' };
  const services = [
    { name: 'catalog', typeDefs: parse(CATALOG), resolvers: catalogResolvers(rows, pubsub), wire: catalog },
    { name: 'reviews', typeDefs: parse(REVIEWS), resolvers: REVIEW_RESOLVERS, wire: reviews },
  ];
  const typeDefs = services.map((service) => ({ name: service.name, typeDefs: service.typeDefs, url: '' }));
  return {
    supergraphSdl: composeInline(services),
    typeDefs,
    requests,
    catalog,
    reviews,
    links: services.map((service) => noting(overWire(linkInline(service), service.wire), requests)),
    async change(change) {
      const row = { name: 'New', weight: 1, cost: 1, ...rows.get(change.id), ...change };
      rows.set(row.id, row);
      await pubsub.publish(`product:${row.id}`, row);
    },
  };
}

/** What a request finds when the wire is cut, or nobody answers at its end. */
function overWire(link: SubgraphLink, wire: Switchable): SubgraphLink {
  return {
    ...link,
    execute(request) {
      if (wire.mode === 'down') return Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:4002'));
      return wire.mode === 'hanging' ? new Promise(() => undefined) : link.execute(request);
    },
  };
}

function catalogResolvers(rows: Map<string, Row>, pubsub: ReturnType<typeof createInProcessPubSub>) {
  const voucher = { __typename: 'Voucher', id: 'v1', note: 'for friends', code: 'SAVE' };
  const mixed = () => [{ __typename: 'Product', ...rows.get('p1') }, voucher];
  return {
    Query: {
      products: (_: unknown, { first }: { first: number }) => [...rows.values()].slice(0, first),
      product: (_: unknown, { id }: { id: string }) => rows.get(id),
      byShape: () => [rows.get('p1'), null],
      report: () => 'all is well',
      account: () => ({ id: 'u1', email: 'ann@example.com' }),
      things: mixed,
      results: mixed,
      broken: () => {
        throw new Error('password is hunter2 at 10.0.0.7');
      },
      refused: () => {
        throw new GraphQLError('Not for you.', { extensions: { code: 'FORBIDDEN', reason: 'test' } });
      },
    },
    Mutation: {
      rename: (_: unknown, { id, name }: { id: string; name: string }) =>
        Object.assign(rows.get(id) ?? {}, { name }),
    },
    Subscription: {
      productChanged: {
        subscribe: (_: unknown, { id }: { id: string }) => pubsub.subscribe(`product:${id}`),
        resolve: (row: Row) => row,
      },
      accountChanged: {
        subscribe: () => pubsub.subscribe('account'),
        resolve: () => ({ id: 'u1', email: 'ann@example.com' }),
      },
    },
    Product: {
      note: ({ name }: Row) => `a ${name}`,
      __resolveReference: ({ id }: { id: string }) => rows.get(id),
    },
  };
}

const RATINGS: Record<string, number> = { p1: 4, p2: 5 };

const REVIEW_RESOLVERS = {
  Query: { ratings: () => Object.values(RATINGS) },
  Product: {
    __resolveReference: (reference: object) => reference,
    rating: ({ id }: { id: string }) => RATINGS[id],
    shippingClass: ({ weight }: { weight: number }) => (weight > 20 ? 'freight' : 'parcel'),
  },
};
