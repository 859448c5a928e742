import { reviewsDatabase } from '@storegraph/reviews-db';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { createContext, createDeps, type Context } from './context.js';
import { ModerationResolver } from './moderation/moderation.resolver.js';
import { ratingHandlers } from './ratings/rating.events.js';
import { ProductRatingResolver, SellerRatingResolver } from './ratings/rating.resolver.js';
import { Product } from './references/product.type.js';
import { Seller } from './references/seller.type.js';
import { User } from './references/user.type.js';
import { reviewHandlers } from './reviews/review.events.js';
import { ProductReviewsResolver, ReviewResolver, UserReviewsResolver } from './reviews/review.resolver.js';

type Reference = { id: string };

/** The domain's schema, without a database: what is published under schema/. */
export function buildSchema(): FederatedSchema {
  return buildFederatedSchema<Context>({
    resolvers: [
      ReviewResolver,
      ProductReviewsResolver,
      UserReviewsResolver,
      ProductRatingResolver,
      SellerRatingResolver,
      ModerationResolver,
    ],
    orphanedTypes: [Product, Seller, User],
    references: {
      Review: ({ id }: Reference, { loaders }) => loaders.review.load(id),
      Product: ({ id }: Reference) => ({ id }),
      Seller: ({ id }: Reference) => ({ id }),
      User: ({ id }: Reference) => ({ id }),
    },
  });
}

export const reviews = defineSubgraph({
  name: 'reviews',
  buildSchema,
  database: reviewsDatabase,
  createDeps,
  createContext,
  policies: {
    'product-owner': async ({ viewer, loaders }, { args }) => {
      const { reviewId } = args['input'] as { reviewId: string };
      const review = await loaders.review.load(reviewId);
      if (viewer.kind !== 'user' || !viewer.sellerId || !review) return false;
      return (await loaders.sellerOfProduct.load(review.productId)) === viewer.sellerId;
    },
  },
  handlers: () => [...reviewHandlers, ...ratingHandlers],
});
