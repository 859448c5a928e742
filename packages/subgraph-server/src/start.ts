import type { FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Pool } from 'pg';
import { createPrismaAdapter, ensureDatabase, migrate, openPool } from '@storegraph/database';
import { consume, startRelay, type Messaging, type TransactionHost } from '@storegraph/events';
import { createProofSigner, createProofVerifier } from '@storegraph/identity';
import { createLogger, isTracing, type Logger } from '@storegraph/observability';
import { enforceAccess } from './access.js';
import type { PrismaLike, SubgraphDefinition } from './definition.js';
import { createExecutor, type RequestContext } from './executor.js';
import { startJobs } from './jobs.js';
import type { SubgraphLink } from './link.js';
import { showPool } from './pool-metrics.js';
import { eventLagOf } from './self-report.js';
import { traceStatements } from './trace-statements.js';
import { watchOperations } from './watch-operations.js';

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
  /** Whether the database answers within a second and a half, for readiness. */
  readonly isReady: () => Promise<boolean>;
};

/**
 * Opens the domain's database, brings it up to date, and starts its executor, outbox relay, consumers and jobs.
 * `close()` stops them in the opposite order.
 *
 * @throws when the database cannot be reached or migrated, or the domain's own parts fail to start; nothing keeps
 *   running then
 */
export async function startSubgraph<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
  surroundings: Surroundings<Config>,
): Promise<RunningSubgraph<Deps>> {
  const { schema, sdl } = definition.buildSchema();
  enforceAccess(schema, definition.policies ?? {});
  const log = createLogger(definition.name);
  if (surroundings.migrateFirst ?? true) {
    await ensureDatabase({ url: surroundings.databaseUrl });
    await migrate({ url: surroundings.databaseUrl, folder: definition.database.migrations });
  }
  const opened = stackOfOpened(log);
  try {
    const { deps, prisma, pool } = await openDomain(definition, { ...surroundings, log, opened });
    const executor = createExecutor<Context>({
      schema,
      verifyProof: createProofVerifier({ keys: surroundings.serviceKeys }),
      createContext: (request) => definition.createContext(deps, request),
      log,
    });
    const routes = definition.routes?.(deps) ?? null;
    const { drained } = await startBackground(definition, {
      ...surroundings,
      log,
      opened,
      deps,
      prisma,
      pool,
    });
    return {
      name: definition.name,
      schema,
      sdl,
      deps,
      pool,
      routes,
      execute: watchOperations(definition.name, executor.execute),
      subscribe: executor.subscribe,
      drained,
      isReady: () => answersInTime(pool),
      report: async () => ({ version: null, eventLagSeconds: await eventLagOf(definition.name) }),
      close: opened.close,
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

type Starting<Config> = Surroundings<Config> & { readonly log: Logger; readonly opened: Opened };

async function openDomain<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  { name, database, createDeps }: SubgraphDefinition<Config, Deps, Context, Prisma>,
  starting: Starting<Config>,
): Promise<{ deps: Deps; prisma: Prisma; pool: Pool }> {
  const { config, messaging, serviceKeys, link, now, log, opened } = starting;
  const pool = openPool({
    url: starting.databaseUrl,
    size: starting.poolSize ?? 4,
    onStatement: starting.onStatement,
    ...(isTracing() && { traceStatement: traceStatements(name) }),
    log,
  });
  opened.push('pool', () => pool.end());
  opened.push('pool metrics', showPool(name, pool));
  const prisma = database.createClient(createPrismaAdapter(pool));
  opened.push('prisma', () => prisma.$disconnect());
  const deps = await createDeps({
    config,
    prisma,
    pool,
    pubsub: messaging.pubsub,
    cache: messaging.cache,
    log,
    signProof: createProofSigner({ issuer: name, key: serviceKeys[0] }),
    link,
    now: now ?? (() => new Date()),
  });
  return { deps, prisma, pool };
}

async function startBackground<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
  starting: Starting<Config> & { deps: Deps; prisma: Prisma; pool: Pool },
): Promise<{ drained: () => Promise<void> }> {
  const { name, handlers, jobs } = definition;
  const { messaging, pool, deps, log, opened } = starting;
  const consumer = await consume({
    domain: name,
    pool,
    // Each generated client types its own transactions; the consumer only opens them and hands them on.
    prisma: starting.prisma as unknown as TransactionHost<never>,
    bus: messaging.bus,
    pubsub: messaging.pubsub,
    handlers: handlers?.(deps) ?? [],
    log,
  });
  opened.push('consumer', () => consumer.stop());
  const relay = startRelay({ pool, domain: name, bus: messaging.bus, pubsub: messaging.pubsub, log });
  opened.push('relay', () => relay.stop());
  const working = startJobs(jobs?.(deps) ?? [], log);
  opened.push('jobs', () => working.stop());
  return { drained: () => relay.drained() };
}

type Opened = {
  push(what: string, close: () => Promise<void>): void;
  /** Closes all, the last opened first; one that fails is logged and keeps none of the others open. */
  close(): Promise<void>;
};

function stackOfOpened(log: Logger): Opened {
  const stack: { what: string; close: () => Promise<void> }[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (const { what, close } of stack.reverse()) {
      try {
        await close();
      } catch (err) {
        log.error({ err, what }, 'could not be closed');
      }
    }
  };
  return { push: (what, close) => void stack.push({ what, close }), close: () => (closing ??= closeAll()) };
}

const READY_WITHIN_MILLIS = 1_500;

/** A pool waits longer for a connection than whoever asks for readiness does. */
async function answersInTime(pool: Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_WITHIN_MILLIS);
  });
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
