import type { PubSub } from '@storegraph/events';
import type { Database, PrismaClient } from '@storegraph/media-db';
import type { Logger } from '@storegraph/observability';
import type { Given, RequestContext } from '@storegraph/subgraph-server';
import { createAssetLoaders } from './assets/asset.loader.js';
import type { BlobStore } from './blobs/blob-store.js';
import { openBlobs } from './blobs/open-blobs.action.js';
import type { MediaConfig } from './config.js';
import { createGalleryLoaders } from './galleries/gallery.loader.js';
import { openWorkshop, type Workshop } from './renditions/workshop.js';

/** What the domain works with, for as long as it runs. */
export type Deps = {
  readonly prisma: PrismaClient;
  readonly pubsub: PubSub;
  readonly config: MediaConfig;
  readonly blobs: BlobStore;
  readonly workshop: Workshop;
  readonly log: Logger;
  readonly now: () => Date;
};

/** One transaction of the domain's database. */
export type Transaction = Database;

/** What one request works with. */
export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof createLoaders>;
};

/** Decoding takes all of a processor and tens of megabytes; what waits longer than this is better asked for again. */
const WORKSHOP = { atOnce: 2, waiting: 200 };

export async function createDeps(given: Given<MediaConfig, PrismaClient>): Promise<Deps> {
  const { prisma, pubsub, config, log, now } = given;
  const blobs = await openBlobs(config.blobs);
  return { prisma, pubsub, config, blobs, workshop: openWorkshop(WORKSHOP), log, now };
}

export function createContext(deps: Deps, request: RequestContext): Context {
  return { ...request, deps, loaders: createLoaders(deps, request) };
}

function createLoaders({ prisma }: Deps, { viewer }: RequestContext) {
  return { ...createAssetLoaders(prisma, viewer), ...createGalleryLoaders(prisma) };
}
