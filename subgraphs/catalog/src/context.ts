import type { Database, PrismaClient } from '@storegraph/catalog-db';
import type { PubSub } from '@storegraph/events';
import type { Given, RequestContext } from '@storegraph/subgraph-server';
import { createBrandLoaders } from './brands/brand.loader.js';
import { createCategoryLoaders } from './categories/category.loader.js';
import type { CatalogConfig } from './config.js';
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
  readonly now: () => Date;
  /** The currency new products are priced in. */
  readonly currency: string;
  readonly signQuote: QuoteSigner;
};

/** One transaction of the domain's database. */
export type Transaction = Database;

/** What one request works with. */
export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof createLoaders>;
};

export function createDeps({ prisma, pubsub, now, config }: Given<CatalogConfig, PrismaClient>): Deps {
  const { currency, quoteKey } = config;
  return { prisma, pubsub, now, currency, signQuote: createQuoteSigner({ key: quoteKey, now }) };
}

export function createContext(deps: Deps, request: RequestContext): Context {
  return { ...request, deps, loaders: createLoaders(deps) };
}

function createLoaders({ prisma, currency }: Deps) {
  return {
    ...createProductLoaders(prisma),
    ...createVariantLoaders(prisma),
    ...createOptionLoaders(prisma),
    ...createPriceLoaders(prisma),
    ...createBrandLoaders(prisma),
    ...createCategoryLoaders(prisma),
    ...createListingLoaders(prisma, currency),
  };
}
