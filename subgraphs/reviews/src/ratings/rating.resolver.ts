import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { Product } from '../references/product.type.js';
import { Seller } from '../references/seller.type.js';
import { ratingOf } from './rating.js';
import { RatingSummary } from './rating.type.js';

const UNRATED = ratingOf([0, 0, 0, 0, 0]);

@Resolver(() => Product)
export class ProductRatingResolver {
  @FieldResolver(() => RatingSummary, { nullable: true, description: 'How shoppers rate it.' })
  async rating(@Root() { id }: Product, @Ctx() { loaders }: Context) {
    return (await loaders.ratingOfProduct.load(id)) ?? UNRATED;
  }
}

@Resolver(() => Seller)
export class SellerRatingResolver {
  @FieldResolver(() => RatingSummary, {
    nullable: true,
    description: 'How shoppers rate what this seller sells.',
  })
  async rating(@Root() { id }: Seller, @Ctx() { loaders }: Context) {
    return (await loaders.ratingOfSeller.load(id)) ?? UNRATED;
  }
}
