/** The limit of what federating can cost: the same graph as one schema, one DataLoader a relation, no subgraphs. */
import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import DataLoader from 'dataloader';
import Fastify from 'fastify';
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
  type ProductRow,
  type ReviewRow,
  type Topics,
  type UserRow,
} from '../graph/data.js';

type Loaders = ReturnType<typeof createLoaders>;

const TYPE_DEFS = `
  type Query {
    me: User
    users(joinedBefore: Int): [User!]!
    topProducts(first: Int = 5, cheaperThan: Int): [Product!]!
  }
  type User { id: ID! name: String! username: String! joinedOn: Int! reviews: [Review!]! }
  type Product {
    upc: ID! name: String! price: Int! weight: Int! inStock: Boolean! shippingEstimate: Int! reviews: [Review!]!
  }
  type Review { id: ID! body: String! author: User! product: Product! }
`;

const RESOLVERS = {
  Query: {
    me: () => USERS[0],
    users: (_: unknown, { joinedBefore }: { joinedBefore?: number | null }) => usersBefore(joinedBefore),
    topProducts: (_: unknown, topics: Topics) => topProducts(topics),
  },
  User: {
    reviews: ({ id }: UserRow, _: unknown, { reviewsByAuthor }: Loaders) => reviewsByAuthor.load(id),
  },
  Product: {
    inStock: ({ upc }: ProductRow, _: unknown, { stock }: Loaders) => stock.load(upc),
    shippingEstimate,
    reviews: ({ upc }: ProductRow, _: unknown, { reviewsByProduct }: Loaders) => reviewsByProduct.load(upc),
  },
  Review: {
    author: ({ authorId }: ReviewRow, _: unknown, { users }: Loaders) => users.load(authorId),
    product: ({ upc }: ReviewRow, _: unknown, { products }: Loaders) => products.load(upc),
  },
};

function createLoaders() {
  return {
    users: loaderOf((id) => USER_BY_ID.get(id)),
    products: loaderOf((upc) => PRODUCT_BY_UPC.get(upc)),
    stock: loaderOf((upc) => STOCK_BY_UPC.get(upc)?.inStock),
    reviewsByAuthor: loaderOf((id) => REVIEWS_BY_AUTHOR.get(id) ?? []),
    reviewsByProduct: loaderOf((upc) => REVIEWS_BY_PRODUCT.get(upc) ?? []),
  };
}

function loaderOf<Value>(find: (key: string) => Value): DataLoader<string, Value> {
  return new DataLoader((keys) => Promise.resolve(keys.map(find)));
}

const app = Fastify();
const server = new ApolloServer<Loaders>({
  typeDefs: TYPE_DEFS,
  resolvers: RESOLVERS,
  plugins: [fastifyApolloDrainPlugin(app)],
});
await server.start();
app.route({
  method: ['GET', 'POST'],
  url: '/graphql',
  handler: fastifyApolloHandler(server, { context: () => Promise.resolve(createLoaders()) }),
});
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
