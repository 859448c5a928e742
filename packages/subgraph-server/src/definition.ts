import type { FastifyPluginAsync } from 'fastify';
import type { Pool } from 'pg';
import type { createPrismaAdapter } from '@storegraph/database';
import type { Cache, EventHandler, PubSub } from '@storegraph/events';
import type { ProofSigner } from '@storegraph/identity';
import type { Logger } from '@storegraph/observability';
import type { Policies } from './access.js';
import type { RequestContext } from './executor.js';
import type { FederatedSchema } from './federation.js';
import type { SubgraphLink } from './link.js';

/** The part of a generated Prisma client that every domain's client has. */
export type PrismaLike = {
  $disconnect(): Promise<void>;
  $transaction(...work: never[]): Promise<unknown>;
};

/** What the platform gives a domain when it starts. */
export type Given<Config, Prisma> = {
  readonly config: Config;
  readonly prisma: Prisma;
  readonly pool: Pool;
  readonly pubsub: PubSub;
  readonly cache: Cache;
  readonly log: Logger;
  /** Signs this service's own credential, for the few calls one domain makes to another. */
  readonly signProof: ProofSigner;
  /** The way to another subgraph. */
  readonly link: (name: string) => SubgraphLink;
  /** The clock. */
  readonly now: () => Date;
};

/** Work a domain does by itself, such as letting expired reservations go. */
export type Job = {
  readonly name: string;
  readonly everySeconds: number;
  readonly run: () => Promise<void>;
};

/** HTTP beside GraphQL, as a Fastify plugin. */
export type Routes = FastifyPluginAsync;

/** A domain, declared: what it shows, where it keeps things, what it reacts to. `startSubgraph` brings it to life. */
export type SubgraphDefinition<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike> = {
  readonly name: string;
  readonly buildSchema: () => FederatedSchema;
  readonly database: {
    /** The folder of the domain's migrations. */
    readonly migrations: string;
    readonly createClient: (adapter: ReturnType<typeof createPrismaAdapter>) => Prisma;
  };
  readonly createDeps: (given: Given<Config, Prisma>) => Deps | Promise<Deps>;
  readonly createContext: (deps: Deps, request: RequestContext) => Context;
  readonly policies?: Policies<Context>;
  /** Which events of other domains, or its own, it reacts to. */
  readonly handlers?: (deps: Deps) => readonly EventHandler<never>[];
  /** HTTP beside GraphQL, mounted at the public door: webhooks, uploads, bytes. */
  readonly routes?: (deps: Deps) => Routes;
  readonly jobs?: (deps: Deps) => readonly Job[];
};

/** Keeps a definition's types together. */
export function defineSubgraph<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
): SubgraphDefinition<Config, Deps, Context, Prisma> {
  return definition;
}
