import type { Database, PrismaClient } from '@storegraph/catalog-db';
import type { Cache, PubSub } from '@storegraph/events';
import type { Logger } from '@storegraph/observability';
import type { Given, RequestContext } from '@storegraph/subgraph-server';
import { createBrandLoaders } from './brands/brand.loader.js';
import { createCategoryLoaders } from './categories/category.loader.js';
import type { CatalogConfig } from './config.js';
import { createImportLoaders } from './imports/import-job.loader.js';
import { createReportLinks, type ReportLinks } from './imports/report-link.js';
import { createListingLoaders } from './listings/listing.loader.js';
import { createOptionLoaders } from './options/option.loader.js';
import { createPriceLoaders } from './prices/price.loader.js';
import { createQuoteSigner, type QuoteSigner } from './prices/quote-signer.js';
import { createProductLoaders } from './products/product.loader.js';
import { createVariantLoaders } from './variants/variant.loader.js';

/** What the domain works with, for as long as it runs. */
export type Deps = {
  readonly prisma: PrismaClient;
  readonly pubsub: PubSub;
  readonly cache: Cache;
  readonly now: () => Date;
  /** The currency new products are priced in. */
  readonly currency: string;
  readonly signQuote: QuoteSigner;
  readonly reportLinks: ReportLinks;
  /** Where the public door is. */
  readonly publicUrl: string;
  /** Holds uploaded files until they are imported. */
  readonly importFolder: string;
  readonly log: Logger;
};

/** One transaction of the domain's database. */
export type Transaction = Database;

/** What one request works with. */
export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof createLoaders>;
};

export function createDeps({
  prisma,
  pubsub,
  cache,
  log,
  now,
  config,
}: Given<CatalogConfig, PrismaClient>): Deps {
  const { currency, importFolder, quoteKey: key } = config;
  const publicUrl = config.publicUrl.replace(/\/+$/, '');
  const signQuote = createQuoteSigner({ key, now });
  const reportLinks = createReportLinks({ key, publicUrl, now });
  return { prisma, pubsub, cache, log, now, currency, importFolder, publicUrl, signQuote, reportLinks };
}

export function createContext(deps: Deps, request: RequestContext): Context {
  return { ...request, deps, loaders: createLoaders(deps) };
}

function createLoaders({ prisma, currency, cache }: Deps) {
  return {
    ...createProductLoaders(prisma),
    ...createVariantLoaders(prisma),
    ...createOptionLoaders(prisma),
    ...createPriceLoaders(prisma),
    ...createBrandLoaders(prisma),
    ...createCategoryLoaders(prisma),
    ...createListingLoaders(prisma, { currency, cache }),
    ...createImportLoaders(prisma),
  };
}
