import type { FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Pool } from 'pg';
import { createPrismaAdapter, ensureDatabase, migrate, openPool } from '@storegraph/database';
import { consume, startRelay, type Messaging, type TransactionHost } from '@storegraph/events';
import { createProofSigner, createProofVerifier } from '@storegraph/identity';
import { createLogger } from '@storegraph/observability';
import { enforceAccess } from './access.js';
import type { PrismaLike, SubgraphDefinition } from './definition.js';
import { createExecutor, type RequestContext } from './executor.js';
import { startJobs } from './jobs.js';
import type { SubgraphLink } from './link.js';

/** Where a domain runs: which database, which bus, which keys. The same for all three topologies. */
export type Surroundings<Config> = {
  readonly config: Config;
  /** The domain's own database; created when missing. */
  readonly databaseUrl: string;
  /** @default 4 */
  readonly poolSize?: number;
  /** Whether to create and migrate the database first. @default true */
  readonly migrateFirst?: boolean;
  readonly messaging: Messaging;
  /** The current service key first, then those being retired. */
  readonly serviceKeys: readonly [string, ...string[]];
  readonly link: (name: string) => SubgraphLink;
  readonly now?: () => Date;
  /** Called for each SQL statement sent: tests count them. */
  readonly onStatement?: (text: string, kind: 'query' | 'transaction') => void;
};

/** A domain at work, and a link to it within this process. */
export type RunningSubgraph<Deps = unknown> = SubgraphLink & {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly deps: Deps;
  readonly pool: Pool;
  readonly routes: FastifyPluginAsync | null;
  /** Resolves when every event published so far has been handed to the bus. */
  readonly drained: () => Promise<void>;
  /** Whether the database answers, for readiness. */
  readonly isReady: () => Promise<boolean>;
};

/**
 * Opens the domain's database, brings it up to date, and starts its executor, outbox relay, consumers and jobs.
 * `close()` stops them in the opposite order.
 *
 * @throws when the database cannot be reached or migrated; nothing keeps running then
 */
export async function startSubgraph<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
  surroundings: Surroundings<Config>,
): Promise<RunningSubgraph<Deps>> {
  const { name } = definition;
  const { messaging, databaseUrl, serviceKeys } = surroundings;
  const log = createLogger(name);
  if (surroundings.migrateFirst ?? true) {
    await ensureDatabase({ url: databaseUrl });
    await migrate({ url: databaseUrl, folder: definition.database.migrations });
  }

  const pool = openPool({
    url: databaseUrl,
    size: surroundings.poolSize ?? 4,
    onStatement: surroundings.onStatement,
  });
  const prisma = definition.database.createClient(createPrismaAdapter(pool));
  const deps = await definition.createDeps({
    config: surroundings.config,
    prisma,
    pool,
    pubsub: messaging.pubsub,
    cache: messaging.cache,
    log,
    signProof: createProofSigner({ issuer: name, key: serviceKeys[0] }),
    link: surroundings.link,
    now: surroundings.now ?? (() => new Date()),
  });
  const { schema, sdl } = definition.buildSchema();
  enforceAccess(schema, definition.policies ?? {});
  const executor = createExecutor<Context>({
    schema,
    verifyProof: createProofVerifier({ keys: serviceKeys }),
    createContext: (request) => definition.createContext(deps, request),
    log,
  });
  const consumer = await consume({
    domain: name,
    pool,
    // Each generated client types its own transactions; the consumer only opens them and hands them on.
    prisma: prisma as unknown as TransactionHost<never>,
    bus: messaging.bus,
    handlers: definition.handlers?.(deps) ?? [],
    log,
  });
  const relay = startRelay({ pool, domain: name, bus: messaging.bus, pubsub: messaging.pubsub, log });
  const jobs = startJobs(definition.jobs?.(deps) ?? [], log);

  return {
    name,
    schema,
    sdl,
    deps,
    pool,
    routes: definition.routes?.(deps) ?? null,
    execute: executor.execute,
    subscribe: executor.subscribe,
    drained: () => relay.drained(),
    isReady: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    async close() {
      await jobs.stop();
      await relay.stop();
      await consumer.stop();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
