import { mediaDatabase } from '@storegraph/media-db';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { assetHandlers } from './assets/asset.events.js';
import { AssetResolver } from './assets/asset.resolver.js';
import { assetRoutes } from './assets/asset.webhook.js';
import { sweepAssets } from './assets/sweep-assets.action.js';
import { sweepBlobs } from './blobs/sweep-blobs.action.js';
import { createContext, createDeps, type Context } from './context.js';
import { galleryHandlers } from './galleries/gallery.events.js';
import {
  AvatarResolver,
  BrandLogoResolver,
  ProductMediaResolver,
  ReviewMediaResolver,
  VariantImageResolver,
} from './galleries/gallery.resolver.js';
import { createImageFetcher } from './imports/fetch-images.action.js';
import { importHandlers } from './imports/import.events.js';
import { Brand } from './references/brand.type.js';
import { ProductVariant } from './references/product-variant.type.js';
import { Product } from './references/product.type.js';
import { Review } from './references/review.type.js';
import { User } from './references/user.type.js';
import { sweepUploads } from './uploads/sweep-uploads.action.js';
import { UploadResolver } from './uploads/upload.resolver.js';
import { uploadRoutes } from './uploads/upload.webhook.js';

type Reference = { id: string };

/** The domain's schema, without a database: what is published under schema/. */
export function buildSchema(): FederatedSchema {
  return buildFederatedSchema<Context>({
    resolvers: [
      UploadResolver,
      AssetResolver,
      ProductMediaResolver,
      VariantImageResolver,
      AvatarResolver,
      BrandLogoResolver,
      ReviewMediaResolver,
    ],
    orphanedTypes: [Product, ProductVariant, User, Brand, Review],
    references: {
      Asset: ({ id }: Reference, { loaders }) => loaders.asset.load(id),
      Product: ({ id }: Reference) => ({ id }),
      ProductVariant: ({ id }: Reference) => ({ id }),
      User: ({ id }: Reference) => ({ id }),
      Brand: ({ id }: Reference) => ({ id }),
      Review: ({ id, assetIds }: Reference & { assetIds?: string[] }) => ({ id, assetIds: assetIds ?? [] }),
    },
  });
}

export const media = defineSubgraph({
  name: 'media',
  buildSchema,
  database: mediaDatabase,
  createDeps,
  createContext,
  policies: {
    /** Who uploaded it: of an asset's field, or of a root field that names one. */
    'asset-owner': async ({ viewer, loaders }, { parent, args }) => {
      if (viewer.kind !== 'user') return false;
      if (typeof parent === 'object' && parent !== null && 'ownerId' in parent)
        return parent.ownerId === viewer.id;
      const { id, input } = args as { id?: string; input?: { assetId?: string } };
      const asset = await loaders.asset.load(input?.assetId ?? id ?? '');
      return asset?.ownerId === viewer.id;
    },
    /** Who acts for the seller of the product. */
    'product-owner': async ({ viewer, loaders }, { args }) => {
      const { productId } = args['input'] as { productId: string };
      if (viewer.kind !== 'user' || !viewer.sellerId) return false;
      return (await loaders.sellerOfProduct.load(productId)) === viewer.sellerId;
    },
  },
  handlers: (deps) => [...galleryHandlers(deps), ...importHandlers(deps), ...assetHandlers(deps)],
  routes: (deps) => async (app) => {
    await app.register(uploadRoutes(deps));
    await app.register(assetRoutes(deps));
  },
  jobs: (deps) => [
    ...(deps.config.externalImages.isFetching
      ? [{ name: 'fetch-external-images', everySeconds: 15, run: createImageFetcher(deps) }]
      : []),
    { name: 'sweep-uploads', everySeconds: 300, run: () => sweepUploads(deps) },
    { name: 'sweep-blobs', everySeconds: 600, run: () => sweepBlobs(deps) },
    { name: 'sweep-assets', everySeconds: 3_600, run: () => sweepAssets(deps) },
  ],
});
