import type { Database, PrismaClient } from '@storegraph/reviews-db';
import type { PubSub } from '@storegraph/events';
import type { Given, RequestContext } from '@storegraph/subgraph-server';
import type { ReviewsConfig } from './config.js';
import { createModerationLoaders } from './moderation/moderation.loader.js';
import { createRatingLoaders } from './ratings/rating.loader.js';
import { createReviewLoaders } from './reviews/review.loader.js';

/** What the domain works with, for as long as it runs. */
export type Deps = { readonly prisma: PrismaClient; readonly pubsub: PubSub; readonly now: () => Date };

/** One transaction of the domain's database. */
export type Transaction = Database;

/** What one request works with. */
export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof createLoaders>;
};

export function createDeps({ prisma, pubsub, now }: Given<ReviewsConfig, PrismaClient>): Deps {
  return { prisma, pubsub, now };
}

export function createContext(deps: Deps, request: RequestContext): Context {
  return { ...request, deps, loaders: createLoaders(deps, request) };
}

function createLoaders({ prisma }: Deps, { viewer }: RequestContext) {
  return {
    ...createReviewLoaders(prisma, viewer),
    ...createRatingLoaders(prisma),
    ...createModerationLoaders(prisma),
  };
}
