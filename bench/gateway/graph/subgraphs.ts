import {
  PRODUCT_BY_UPC,
  REVIEWS_BY_AUTHOR,
  REVIEWS_BY_PRODUCT,
  shippingEstimate,
  STOCK_BY_UPC,
  topProducts,
  USER_BY_ID,
  USERS,
  usersBefore,
  type ReviewRow,
  type Topics,
} from './data.js';

export const SUBGRAPH_NAMES = ['accounts', 'inventory', 'products', 'reviews'] as const;
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** One subgraph as text and plain functions: each process builds it with its own copy of graphql. */
export type SubgraphSource = {
  readonly typeDefs: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/**
 * The four subgraphs of the classic federation benchmark, in our own words.
 *
 * @param access `guarded` puts an access rule on `Query.me`, without which our gateway refuses the graph, and says how
 *   long products may be kept; `open` leaves both out, since Apollo's own gateway refuses graphs with such a rule
 */
export function subgraphSource(name: SubgraphName, access: 'guarded' | 'open'): SubgraphSource {
  const source = SOURCES[name];
  if (access === 'guarded') return { ...source, typeDefs: `${LINKS}\n${source.typeDefs}` };
  const withoutRules = source.typeDefs.replace(/ @(?:authenticated|cacheControl\(.*?\))/g, '');
  return { ...source, typeDefs: `${LINK}\n${withoutRules}` };
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

const LINKS = `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@external", "@requires", "@authenticated", "@composeDirective"]
    )
    @link(url: "https://storegraph.dev/cacheControl/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int) on FIELD_DEFINITION | OBJECT
`;

const SOURCES: Readonly<Record<SubgraphName, SubgraphSource>> = {
  accounts: {
    typeDefs: `
      type Query {
        me: User @authenticated
        users(joinedBefore: Int): [User!]!
      }
      type User @key(fields: "id") { id: ID! name: String! username: String! joinedOn: Int! }
    `,
    resolvers: {
      Query: {
        me: () => USERS[0],
        users: (_: unknown, { joinedBefore }: { joinedBefore?: number | null }) => usersBefore(joinedBefore),
      },
      User: { __resolveReference: ({ id }: { id: string }) => USER_BY_ID.get(id) },
    },
  },
  inventory: {
    typeDefs: `
      type Product @key(fields: "upc") {
        upc: ID!
        price: Int! @external
        weight: Int! @external
        inStock: Boolean!
        shippingEstimate: Int! @requires(fields: "price weight")
      }
    `,
    resolvers: {
      Product: {
        __resolveReference: (reference: { upc: string }) => reference,
        inStock: ({ upc }: { upc: string }) => STOCK_BY_UPC.get(upc)?.inStock,
        shippingEstimate,
      },
    },
  },
  products: {
    typeDefs: `
      type Query { topProducts(first: Int = 5, cheaperThan: Int): [Product!]! @cacheControl(maxAge: 60) }
      type Product @cacheControl(maxAge: 60) @key(fields: "upc") { upc: ID! name: String! price: Int! weight: Int! }
    `,
    resolvers: {
      Query: { topProducts: (_: unknown, topics: Topics) => topProducts(topics) },
      Product: { __resolveReference: ({ upc }: { upc: string }) => PRODUCT_BY_UPC.get(upc) },
    },
  },
  reviews: {
    typeDefs: `
      type Review @key(fields: "id") { id: ID! body: String! author: User! product: Product! }
      type User @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Product @key(fields: "upc") { upc: ID! reviews: [Review!]! }
    `,
    resolvers: {
      Review: {
        author: ({ authorId }: ReviewRow) => ({ id: authorId }),
        product: ({ upc }: ReviewRow) => ({ upc }),
      },
      User: { reviews: ({ id }: { id: string }) => REVIEWS_BY_AUTHOR.get(id) ?? [] },
      Product: { reviews: ({ upc }: { upc: string }) => REVIEWS_BY_PRODUCT.get(upc) ?? [] },
    },
  },
};
