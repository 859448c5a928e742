import { setImmediate as tick } from 'node:timers/promises';
import { GraphQLError, parse, type ExecutionResult } from 'graphql';
import { CHANGES_TOPIC, createInProcessPubSub, type DomainEvent, type PubSub } from '@storegraph/events';
import { createProofSigner, type Viewer } from '@storegraph/identity';
import { createLogger, setLogLevel } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import { createAnswerKeeping, type AnswerCacheOptions } from '../../src/caching/answer-keeping.js';
import { createContext, type GatewayContext } from '../../src/context.js';
import { createEngine, type Engine } from '../../src/execution/engine.js';
import { createSubgraphClients } from '../../src/fetching/subgraph-client.js';
import { loadSupergraph, type LoadedSupergraph } from '../../src/supergraph/load-supergraph.js';
import { composeInline, linkInline, SERVICE_KEY, type InlineSubgraph } from '../inline-subgraph.js';
import { runOperation } from '../run-operation.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@tag", "@authenticated", "@requiresScopes", "@policy", "@composeDirective"
]) @link(url: "https://storegraph.dev/cacheControl/v1.0", import: ["@cacheControl", "CacheControlScope"])
  @composeDirective(name: "@cacheControl")
directive @cacheControl(
  maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean
) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
enum CacheControlScope { PUBLIC PRIVATE }
`;

const CATALOG = `${LINK}
type Query {
  products: [Product!]!
  product(id: ID!): Product
  watched: [Product!]! @cacheControl(maxAge: 60, scope: PRIVATE)
  me: Person @authenticated
  greeting: String
  fails: String @cacheControl(maxAge: 60)
}
type Mutation { price(id: ID!, price: Int!): Product }
type Product @key(fields: "id") @cacheControl(maxAge: 60) {
  id: ID! name: String! price: Int!
  margin: Int @requiresScopes(scopes: [["catalog:write"]])
  bestPrice: Int @authenticated @cacheControl(maxAge: 30)
  cheaper: [Product!]!
}
type Person { id: ID! name: String! }
`;

const REVIEWS = `${LINK}
type Query {
  hot: [Product!]! @cacheControl(maxAge: 60)
  reviews: [Review!]!
}
type Product @key(fields: "id") {
  id: ID!
  rating: Int
  stars(of: Int!): Int
  shaky: Int
  lastVisitor: String @cacheControl(maxAge: 0)
  mine: String @cacheControl(maxAge: 60, scope: PRIVATE)
  wished: String @authenticated @cacheControl(maxAge: 60)
}
type Review { id: ID! product: Product }
`;

export type Row = {
  id: string;
  name: string;
  price: number;
  rating: number;
  sellerId: string | null;
  draft: boolean;
};

const nameOf = (viewer: Viewer) =>
  viewer.kind === 'user' ? viewer.id : viewer.kind === 'service' ? viewer.name : 'nobody';

/** A shelf of goods: two subgraphs whose rows can be changed, and whose reads can be held up. */
export type Shelf = {
  readonly supergraph: LoadedSupergraph;
  readonly links: readonly SubgraphLink[];
  readonly rows: Map<string, Row>;
  /** Requests that reached a subgraph. */
  readonly requests: { readonly subgraph: string; readonly viewer: Viewer }[];
  /** Ids of the entities subgraphs were asked about. */
  readonly represented: string[];
  /** Waited for by each request that reached a subgraph, after it has read. */
  hold: (subgraph: string) => Promise<void>;
};

export function openShelf(): Shelf {
  setLogLevel('silent');
  const rows = goods();
  const shelf = {
    rows,
    requests: [] as Shelf['requests'],
    represented: [] as string[],
    hold: () => Promise.resolve(),
  };
  const services = [
    { name: 'catalog', typeDefs: parse(CATALOG), resolvers: catalogResolvers(rows) },
    { name: 'reviews', typeDefs: parse(REVIEWS), resolvers: reviewResolvers(rows) },
  ];
  const links = services.map((service) => linkTo(service, shelf));
  return Object.assign(shelf, { supergraph: loadSupergraph(composeInline(services)), links });
}

function goods(): Map<string, Row> {
  const rows = ['Lamp', 'Sofa', 'Desk', 'Vase'].map((name, index): Row => {
    const sellerId = index % 2 ? 's1' : null;
    return { id: `p${index + 1}`, name, price: 100 * index, rating: 3, sellerId, draft: index === 3 };
  });
  return new Map(rows.map((row) => [row.id, row]));
}

type Asking = { readonly viewer: Viewer };

/** Drafts are for staff and the seller alone, as in the real catalog. */
function mayFind(viewer: Viewer, { draft, sellerId }: Row): boolean {
  if (!draft) return true;
  return (
    viewer.kind === 'user' &&
    (viewer.role === 'staff' || (viewer.sellerId !== null && viewer.sellerId === sellerId))
  );
}

/** Somebody who was shown the drafts follows reviews to them, though they find none. */
export const PREVIEWER = 'ann';

function mayFollow(viewer: Viewer, row: Row): boolean {
  return mayFind(viewer, row) || nameOf(viewer) === PREVIEWER;
}

function catalogResolvers(rows: Map<string, Row>) {
  const shown = () => [...rows.values()].filter(({ draft }) => !draft);
  return {
    Query: {
      products: shown,
      product(_: unknown, { id }: { id: string }, { viewer }: Asking) {
        const row = rows.get(id);
        return row && mayFind(viewer, row) ? row : null;
      },
      watched: (_: unknown, __: unknown, { viewer }: Asking) =>
        shown().filter(({ id }) => nameOf(viewer).length % 2 === Number(id[1]) % 2),
      me: (_: unknown, __: unknown, { viewer }: Asking) => ({ id: nameOf(viewer), name: nameOf(viewer) }),
      greeting: (_: unknown, __: unknown, { viewer }: Asking) => `Hello ${nameOf(viewer)}`,
      fails: () => {
        throw new TypeError('broken');
      },
    },
    Mutation: {
      price(_: unknown, { id, price }: { id: string; price: number }) {
        const row = rows.get(id);
        if (row) rows.set(id, { ...row, price });
        return rows.get(id);
      },
    },
    Product: {
      __resolveReference({ id }: { id: string }, { viewer }: Asking) {
        const row = rows.get(id);
        return row && mayFollow(viewer, row) ? row : null;
      },
      cheaper: ({ price }: Row) => shown().filter((other) => other.price < price),
      margin: ({ price }: Row) => price / 10,
      bestPrice: ({ price }: Row, _: unknown, { viewer }: Asking) => price - nameOf(viewer).length,
    },
  };
}

function reviewResolvers(rows: Map<string, Row>) {
  const ratingOf = ({ id }: Row) => rows.get(id)?.rating ?? null;
  return {
    Query: {
      hot: () => ['p1', 'p2'].flatMap((id) => (rows.get(id)?.draft === false ? [{ id }] : [])),
      reviews: () => [...rows.keys()].map((id) => ({ id: `r-${id}`, product: { id } })),
    },
    Product: {
      __resolveReference: (reference: object) => reference,
      rating: ratingOf,
      stars: (row: Row, { of }: { of: number }) => Math.round(((ratingOf(row) ?? 0) * of) / 5),
      shaky(row: Row) {
        if (row.id === 'p2') throw new TypeError('broken');
        return ratingOf(row);
      },
      mine: ({ id }: Row, _: unknown, { viewer }: Asking) => `${id} for ${nameOf(viewer)}`,
      wished: ({ id }: Row, _: unknown, { viewer }: Asking) => `${id} by ${nameOf(viewer)}`,
      lastVisitor: (_: unknown, __: unknown, { viewer }: Asking) => nameOf(viewer),
    },
  };
}

function linkTo(
  subgraph: InlineSubgraph,
  shelf: Pick<Shelf, 'requests' | 'represented' | 'hold'>,
): SubgraphLink {
  const link = linkInline(subgraph, (request) => {
    shelf.requests.push({ subgraph: subgraph.name, viewer: request.viewer });
    return request;
  });
  return {
    ...link,
    async execute(request) {
      shelf.represented.push(...representedIn(request.variables));
      const result = await link.execute(request);
      await shelf.hold(subgraph.name);
      return result;
    },
  };
}

function representedIn(variables: Readonly<Record<string, unknown>> = {}): string[] {
  const lists = Object.values(variables).filter((value) => Array.isArray(value)) as { id: string }[][];
  return lists.flat().map(({ id }) => id);
}

export type Asked = { readonly query: string; readonly variables?: Record<string, unknown> };

/** The shelf behind a gateway's engine, with and without a cache in front. */
export type Counter = AsyncDisposable & {
  readonly shelf: Shelf;
  readonly pubsub: PubSub;
  ask(viewer: Viewer, asked: Asked, prepare?: (context: GatewayContext) => void): Promise<ExecutionResult>;
  /** What the viewer is told when nothing is kept. */
  askUncached(viewer: Viewer, asked: Asked): Promise<ExecutionResult>;
  /** How many requests reached subgraphs while this was done. */
  requestsDuring(work: () => Promise<unknown>): Promise<number>;
  /** The ids of entities that subgraphs were asked about while this was done. */
  representedDuring(work: () => Promise<unknown>): Promise<string[]>;
  /** Tells of a change, and waits until it is heard. */
  tell(event: DomainEvent, domain?: string): Promise<void>;
};

export async function openCounter(
  options: { shelf?: Shelf; cache?: Partial<AnswerCacheOptions> } = {},
): Promise<Counter> {
  const { shelf = openShelf() } = options;
  const pubsub = options.cache?.pubsub ?? createInProcessPubSub();
  const log = createLogger('test');
  const signProof = createProofSigner({ issuer: 'gateway', key: SERVICE_KEY });
  const { supergraph } = shelf;
  const subgraphs = createSubgraphClients({ links: shelf.links, timeoutMillis: 5_000, signProof, log });
  const plain = createEngine(supergraph, subgraphs.fetch);
  const keeping = createAnswerKeeping({ ...options.cache, pubsub }, log);
  const engine = createEngine(supergraph, subgraphs.fetch, { kept: keeping.entities(supergraph) });
  const kept = keeping.over(engine, supergraph);
  const documents = new Map<string, ReturnType<typeof parse>>();
  const askOf =
    (engine: Engine) =>
    async (viewer: Viewer, { query, variables }: Asked, prepare?: (context: GatewayContext) => void) => {
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      const context = createContext({
        viewer,
        device: { address: null, userAgent: null },
        correlationId: 'test',
        timeoutMillis: 10_000,
        signProof,
      });
      prepare?.(context);
      const result = await runOperation(engine, { document, variables }, context).catch(refused);
      return JSON.parse(JSON.stringify(result)) as ExecutionResult;
    };
  await settle();
  return {
    shelf,
    pubsub,
    ask: askOf(kept),
    askUncached: askOf(plain),
    async requestsDuring(work) {
      const before = shelf.requests.length;
      await work();
      return shelf.requests.length - before;
    },
    async representedDuring(work) {
      const before = shelf.represented.length;
      await work();
      return shelf.represented.slice(before);
    },
    async tell(event, domain = 'catalog') {
      await pubsub.publish(CHANGES_TOPIC, { domain, event });
      await settle();
    },
    async [Symbol.asyncDispose]() {
      await keeping.close();
      subgraphs.close();
    },
  };
}

/** A refused operation, as its client hears of it. */
function refused(error: unknown): ExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  throw error;
}

/** Everything in process that only waits for its turn has had it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await tick();
}

export const GUEST: Viewer = { kind: 'anonymous' };

export function person(
  id: string,
  role: 'customer' | 'seller' | 'staff' = 'customer',
  more: { sellerId?: string; scopes?: string[] } = {},
): Viewer {
  const scopes = role === 'staff' ? ['catalog:write'] : [];
  return { kind: 'user', id, role, scopes, sessionId: `s-${id}`, sellerId: null, ...more };
}
