import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import type { Cache, PubSub } from '@storegraph/events';
import {
  buildFederatedSchema,
  defineSubgraph,
  loadOne,
  type Given,
  type Job,
  type RequestContext,
  type Routes,
} from '../src/index.js';
import { BookResolver, GuardedResolver, LiveResolver } from './bookshop.resolver.js';
import { Reader, type Book } from './bookshop.type.js';

export type Config = {
  readonly owners?: Set<string>;
  readonly jobs?: readonly Job[];
  readonly routes?: Routes;
};

export type Deps = {
  readonly config: Config;
  readonly pool: Pool;
  readonly pubsub: PubSub;
  readonly cache: Cache;
};

export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof loadersOf>;
};

/** Only what the platform asks of a client: the bookshop's stores speak SQL. */
const clientWithoutModels = () => ({
  $disconnect: () => Promise.resolve(),
  $transaction: () => Promise.reject(new TypeError('the bookshop handles no events')),
});

const loadersOf = ({ pool }: Deps) => ({
  book: loadOne<Book>(
    async (ids) => (await pool.query<Book>('SELECT * FROM books WHERE id = ANY($1)', [ids])).rows,
    ({ id }) => id,
  ),
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
