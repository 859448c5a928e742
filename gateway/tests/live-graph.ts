import { parse, type ExecutionResult } from 'graphql';
import { createInProcessPubSub, type PubSub } from '@storegraph/events';
import type { Proof, Viewer } from '@storegraph/identity';
import { setLogLevel } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import type { InlineGraph } from './inline-graph.js';
import { composeInline, linkInline, noting } from './inline-subgraph.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@tag", "@policy", "@authenticated"
])`;

const ORDERS = `${LINK}
type Query { order(id: ID!): Order }
type Mutation { cancel(id: ID!): Order }
type Subscription {
  orderStatusChanged(orderId: ID!, afterSequence: Int): OrderEvent! @policy(policies: [["self"]]) @tag(name: "news")
  stockChanged(sku: String!): Stock! @tag(name: "public") @tag(name: "news")
  importProgress(id: ID!): Progress! @tag(name: "public")
}
type OrderEvent { sequence: Int! status: String! seenBy: String! order: Order! }
type Stock { sku: String! available: Int! seenBy: String! secret: String @authenticated product: Product! }
type Progress { done: Int! }
type Order @key(fields: "id") { id: ID! }
type Product @key(fields: "sku") { sku: String! }
`;

const CATALOG = `${LINK}
type Query { products: Int! }
type Order @key(fields: "id") { id: ID! title: String! }
type Product @key(fields: "sku") { sku: String! name: String! label: String! }
`;

type OrderEvent = { orderId: string; sequence: number; status: string };
type Subgraph = 'orders' | 'catalog';

/** News of one product's stock. */
export const STOCK = 'subscription ($sku: String!) { stockChanged(sku: $sku) { available } }';

/** Two subgraphs with live news, whose history outlives any gateway. */
export type LiveGraph = InlineGraph & {
  /** Writes the next entry of an order's history and tells it. */
  move(orderId: string, status: string): Promise<number>;
  sell(sku: string, available: number): Promise<void>;
  advance(importId: string, done: number): Promise<void>;
  /** How many requests of that kind have reached a subgraph. */
  count(subgraph: Subgraph, kind: 'subscription' | 'query'): number;
  /** Subscriptions that the subgraph of orders serves now. */
  open(): number;
  /** Does what subscribes; resolves when the subgraph of orders serves one subscription more. */
  listening<Result>(subscribe: () => Result | Promise<Result>): Promise<Result>;
  /** Resolves when so many subscriptions have been served. @throws when they were not in three seconds */
  subscribed(count: number): Promise<void>;
  /** Ends what the subgraph of orders serves, as if it had gone away. */
  loseSubscriptions(): void;
};

export function liveGraph(): LiveGraph {
  setLogLevel('silent');
  const pubsub = createInProcessPubSub();
  const history: OrderEvent[] = [];
  const imports = new Map<string, number>();
  const requests: InlineGraph['requests'] = [];
  const open = new Set<AsyncIterator<unknown>>();
  let served = 0;
  const services = [
    { name: 'orders', typeDefs: parse(ORDERS), resolvers: orders({ pubsub, history, imports }) },
    { name: 'catalog', typeDefs: parse(CATALOG), resolvers: CATALOG_RESOLVERS },
  ];
  const typeDefs = services.map((service) => ({ name: service.name, typeDefs: service.typeDefs, url: '' }));
  const opened = (events: AsyncIterator<unknown>) => {
    served += 1;
    open.add(events);
    return () => open.delete(events);
  };

  const subscribed = async (count: number) => {
    for (let waited = 0; served < count; waited += 5) {
      if (waited > 3_000) throw new Error(`${served} instead of ${count} subscriptions`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  return {
    supergraphSdl: composeInline(services),
    typeDefs,
    requests,
    catalog: { mode: 'up' },
    reviews: { mode: 'up' },
    change: () => Promise.reject(new Error('this graph has no such product')),
    links: services.map((service) => noting(watchingSubscriptions(linkInline(service), opened), requests)),
    async move(orderId, status) {
      const sequence = history.filter((event) => event.orderId === orderId).length + 1;
      const event = { orderId, sequence, status };
      history.push(event);
      await pubsub.publish(`order:${orderId}`, event);
      return sequence;
    },
    sell: (sku, available) => pubsub.publish(`stock:${sku}`, { sku, available }),
    advance(importId, done) {
      imports.set(importId, done);
      return pubsub.publish(`import:${importId}`, { done });
    },
    count: (subgraph, kind) =>
      requests.filter(
        (one) => one.subgraph === subgraph && one.query.startsWith(kind === 'query' ? 'query' : kind),
      ).length,
    open: () => open.size,
    subscribed,
    async listening(subscribe) {
      const before = served;
      const result = await subscribe();
      await subscribed(before + 1);
      return result;
    },
    loseSubscriptions() {
      for (const events of open) void events.return?.();
    },
  };
}

/** @param opened is told of each subscription; what it returns is called when that ends */
function watchingSubscriptions(
  link: SubgraphLink,
  opened: (events: AsyncIterator<unknown>) => () => void,
): SubgraphLink {
  return {
    ...link,
    async subscribe(request) {
      const events = await link.subscribe(request);
      const closed = opened(events);
      const watched: AsyncIterableIterator<ExecutionResult> = {
        next: () => events.next(),
        async return() {
          closed();
          await events.return?.();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]: () => watched,
      };
      return watched;
    },
  };
}

type Context = Pick<Proof, 'viewer'>;
const nameOf = (viewer: Viewer) => (viewer.kind === 'user' ? viewer.id : viewer.kind);

function orders(store: { pubsub: PubSub; history: OrderEvent[]; imports: Map<string, number> }) {
  const { pubsub, history, imports } = store;
  const seenBy = (_: unknown, _args: unknown, { viewer }: Context) => nameOf(viewer);
  return {
    Query: { order: (_: unknown, { id }: { id: string }) => ({ id }) },
    Mutation: { cancel: (_: unknown, { id }: { id: string }) => ({ id }) },
    Subscription: {
      orderStatusChanged: {
        subscribe: (
          _: unknown,
          { orderId, afterSequence }: { orderId: string; afterSequence?: number | null },
        ) => {
          const live = pubsub.subscribe<OrderEvent>(`order:${orderId}`);
          const missed =
            afterSequence == null
              ? []
              : history.filter((one) => one.orderId === orderId && one.sequence > afterSequence);
          return after(missed, live);
        },
        resolve: (event: OrderEvent) => event,
      },
      stockChanged: {
        subscribe: (_: unknown, { sku }: { sku: string }) => pubsub.subscribe(`stock:${sku}`),
        resolve: (event: object) => event,
      },
      importProgress: {
        subscribe: (_: unknown, { id }: { id: string }) =>
          after([{ done: imports.get(id) ?? 0 }], pubsub.subscribe(`import:${id}`)),
        resolve: (event: object) => event,
      },
    },
    OrderEvent: { seenBy, order: ({ orderId }: OrderEvent) => ({ id: orderId }) },
    Stock: { seenBy, secret: () => 'for members', product: ({ sku }: { sku: string }) => ({ sku }) },
  };
}

/** Some events first, then those of a source. */
function after<Event>(first: Event[], source: AsyncIterableIterator<Event>): AsyncIterableIterator<Event> {
  return {
    next() {
      const event = first.shift();
      return event === undefined ? source.next() : Promise.resolve({ done: false, value: event });
    },
    return: () => source.return?.() ?? Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const CATALOG_RESOLVERS = {
  Query: { products: () => 0 },
  Order: { __resolveReference: (order: object) => order, title: ({ id }: { id: string }) => `Order ${id}` },
  Product: {
    __resolveReference: (product: object) => product,
    name: ({ sku }: { sku: string }) => `Product ${sku}`,
    label: ({ sku }: { sku: string }) => sku.toUpperCase(),
  },
};
