import { catalogDatabase } from '@storegraph/catalog-db';
import { isId } from '@storegraph/ids';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { BrandResolver } from './brands/brand.resolver.js';
import { CategoryResolver } from './categories/category.resolver.js';
import { createContext, createDeps, type Context } from './context.js';
import { mayWatch } from './imports/import-job.js';
import { ImportResolver } from './imports/import.resolver.js';
import { importRoutes } from './imports/import.webhook.js';
import { runWaitingImports } from './imports/run-import.action.js';
import {
  BrandProductsResolver,
  CategoryProductsResolver,
  ListingResolver,
  SellerProductsResolver,
} from './listings/listing.resolver.js';
import { QuoteResolver } from './prices/quote.resolver.js';
import { ProductMutationResolver } from './products/product-mutation.resolver.js';
import { productHandlers } from './products/product.events.js';
import { ProductResolver } from './products/product.resolver.js';
import { mayFollow } from './products/product.js';
import { Seller } from './references/seller.type.js';
import { ProductVariantsResolver, VariantResolver } from './variants/variant.resolver.js';

type Reference = { id?: string; slug?: string; sku?: string };

/** The domain's schema, without a database: what is published under schema/. */
export function buildSchema(): FederatedSchema {
  return buildFederatedSchema<Context>({
    resolvers: [
      ProductResolver,
      ProductMutationResolver,
      VariantResolver,
      ProductVariantsResolver,
      QuoteResolver,
      ListingResolver,
      CategoryResolver,
      CategoryProductsResolver,
      BrandResolver,
      BrandProductsResolver,
      SellerProductsResolver,
      ImportResolver,
    ],
    orphanedTypes: [Seller],
    references: {
      Product: referencedProduct,
      ProductVariant: referencedVariant,
      Category: ({ id, slug = '' }: Reference, { loaders }) =>
        id === undefined ? loaders.categoryBySlug.load(slug) : loaders.category.load(id),
      Brand: ({ id = '' }: Reference, { loaders }) => loaders.brand.load(id),
      Seller: ({ id }: Reference) => ({ id }),
      ImportJob: async ({ id = '' }: Reference, { loaders, viewer }) => {
        const job = await loaders.importJob.load(id);
        return job && mayWatch(viewer, job) ? job : null;
      },
    },
  });
}

async function referencedProduct({ id, slug = '' }: Reference, { loaders, viewer }: Context) {
  const product = id === undefined ? await loaders.productBySlug.load(slug) : await loaders.product.load(id);
  return product && mayFollow(viewer, product) ? product : null;
}

async function referencedVariant({ id, sku = '' }: Reference, context: Context) {
  const { loaders } = context;
  const variant = id === undefined ? await loaders.variantBySku.load(sku) : await loaders.variant.load(id);
  return variant && (await referencedProduct({ id: variant.productId }, context)) ? variant : null;
}

/** The product a mutation is about, by its own id or one of its variants; `null` for one that does not exist yet. */
async function productIdOf(input: Reference & { productId?: string }, { loaders }: Context) {
  if (!input.id) return input.productId ?? null;
  if (!isId('variant', input.id)) return input.id;
  return (await loaders.variant.load(input.id))?.productId ?? '';
}

export const catalog = defineSubgraph({
  name: 'catalog',
  buildSchema,
  database: catalogDatabase,
  createDeps,
  createContext,
  policies: {
    'product-owner': async (context, { args }) => {
      const { viewer, loaders } = context;
      if (viewer.kind !== 'user' || !viewer.sellerId) return false;
      const productId = await productIdOf(args['input'] as Reference, context);
      if (productId === null) return true;
      return (await loaders.product.load(productId))?.sellerId === viewer.sellerId;
    },
    'seller-owner': ({ viewer }) => viewer.kind === 'user' && viewer.sellerId !== null,
  },
  handlers: () => productHandlers,
  routes: importRoutes,
  jobs: (deps) => [{ name: 'imports', everySeconds: 15, run: () => runWaitingImports(deps) }],
});
