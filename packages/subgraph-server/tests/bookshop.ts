import { fileURLToPath } from 'node:url';
import { buildFederatedSchema, defineSubgraph, type Given } from '../src/index.js';
import { loadersOf, type Config, type Context, type Deps } from './bookshop-context.js';
import { BookResolver, GuardedResolver, LiveResolver } from './bookshop.resolver.js';
import { Reader } from './bookshop.type.js';

/** Only what the platform asks of a client: the bookshop's stores speak SQL. */
const clientWithoutModels = () => ({
  $disconnect: () => Promise.resolve(),
  $transaction: () => Promise.reject(new TypeError('the bookshop handles no events')),
});

export function buildSchema() {
  return buildFederatedSchema<Context>({
    resolvers: [BookResolver, GuardedResolver, LiveResolver],
    orphanedTypes: [Reader],
    references: {
      Book: ({ id }: { id: string }, { loaders }) => loaders.book.load(id),
      Reader: ({ id }: { id: string }) => ({ id }),
    },
  });
}

/** A domain with one of everything the platform offers. */
export const bookshop = defineSubgraph({
  name: 'bookshop',
  buildSchema,
  database: {
    migrations: fileURLToPath(new URL('./fixtures/bookshop/migrations', import.meta.url)),
    createClient: clientWithoutModels,
  },
  createDeps: ({
    config,
    pool,
    pubsub,
    cache,
  }: Given<Config, ReturnType<typeof clientWithoutModels>>): Deps => ({
    config,
    pool,
    pubsub,
    cache,
  }),
  createContext: (deps: Deps, request): Context => ({ ...request, deps, loaders: loadersOf(deps) }),
  policies: {
    owner: ({ viewer, deps }) => viewer.kind === 'user' && (deps.config.owners?.has(viewer.id) ?? false),
  },
  jobs: ({ config }) => config.jobs ?? [],
  routes: ({ config }) => config.routes ?? (() => Promise.resolve()),
});
