import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { eventTopic, productSaved, type EventOf } from '@storegraph/events';
import {
  AssumedSize,
  CacheControl,
  CurrencyCode,
  Json,
  News,
  Public,
  refuse,
  toMoneyType,
} from '@storegraph/subgraph-server';
import { BrandType } from '../brands/brand.type.js';
import { CategoryType } from '../categories/category.type.js';
import type { Context } from '../context.js';
import { choicesOf, customizationsOf } from '../options/option.js';
import { choiceValue, customizationValue } from '../options/option-shapes.js';
import { ProductOptionType } from '../options/option.type.js';
import { priceFor } from '../prices/price.js';
import { Seller } from '../references/seller.type.js';
import { mayFind, type Product } from './product.js';
import { PriceRange, ProductType, Seo } from './product.type.js';

const MOST_VARIANTS = 100;

@Resolver(() => ProductType)
export class ProductResolver {
  @Public()
  @Query(() => ProductType, { nullable: true, description: 'One product, by id or slug.' })
  async product(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('slug', () => String, { nullable: true, description: 'Its name in addresses.' }) slug: string | null,
    @Ctx() { loaders, viewer }: Context,
  ) {
    if ((id == null) === (slug == null)) refuse('BAD_USER_INPUT', 'Give either "id" or "slug".');
    const product =
      id == null ? await loaders.productBySlug.load(String(slug)) : await loaders.product.load(id);
    return product && mayFind(viewer, product) ? product : null;
  }

  @FieldResolver(() => String, { description: 'Its description as HTML that is safe to show; may be empty.' })
  async description(@Root() { id }: Product, @Ctx() { loaders }: Context) {
    return (await loaders.textOfProduct.load(id))?.descriptionHtml ?? '';
  }

  @FieldResolver(() => String, { description: 'Its description as plain text; may be empty.' })
  async descriptionText(@Root() { id }: Product, @Ctx() { loaders }: Context) {
    return (await loaders.textOfProduct.load(id))?.descriptionText ?? '';
  }

  @FieldResolver(() => Json, { nullable: true, description: "The merchant's own free metadata." })
  async metadata(@Root() { id }: Product, @Ctx() { loaders }: Context) {
    return (await loaders.textOfProduct.load(id))?.metadata ?? null;
  }

  @FieldResolver(() => Seo, { nullable: true, description: 'What search engines are told about its page.' })
  async seo(@Root() { id }: Product, @Ctx() { loaders }: Context): Promise<Seo | null> {
    const text = await loaders.textOfProduct.load(id);
    return (
      text && {
        title: text.seoTitle,
        description: text.seoDescription,
        canonicalUrl: text.seoCanonicalUrl,
        noIndex: text.seoNoIndex,
      }
    );
  }

  @FieldResolver(() => CategoryType, { nullable: true, description: 'Where it stands in the shop.' })
  category(@Root() { categoryId }: Product, @Ctx() { loaders }: Context) {
    return categoryId && loaders.category.load(categoryId);
  }

  @FieldResolver(() => BrandType, { nullable: true, description: 'Who makes it.' })
  brand(@Root() { brandId }: Product, @Ctx() { loaders }: Context) {
    return brandId && loaders.brand.load(brandId);
  }

  @CacheControl({ maxAge: 60 })
  @FieldResolver(() => Seller, { nullable: true, description: 'Who sells it; null for the shop itself.' })
  seller(@Root() { sellerId }: Product) {
    return sellerId && { id: sellerId };
  }

  @AssumedSize(2)
  @FieldResolver(() => [ProductOptionType], { description: 'What tells its variants apart.' })
  async options(@Root() { id }: Product, @Ctx() { loaders }: Context) {
    return choicesOf(await loaders.optionsOfProduct.load(id)).map((option) => ({
      ...option,
      required: true,
      values: option.values.map((value) => choiceValue(option, value)),
    }));
  }

  @AssumedSize(2)
  @FieldResolver(() => [ProductOptionType], {
    description: 'What can be chosen for each line in the cart, some of it at a price.',
  })
  async customizations(@Root() { id, currency }: Product, @Ctx() { loaders }: Context) {
    return customizationsOf(await loaders.optionsOfProduct.load(id)).map((option) => ({
      ...option,
      values: option.values.map((value) => {
        const shown = customizationValue(option, value, currency);
        return { ...shown, priceAdjustment: shown.priceAdjustment && toMoneyType(shown.priceAdjustment) };
      }),
    }));
  }

  @FieldResolver(() => PriceRange, {
    nullable: true,
    description:
      'From its cheapest to its dearest variant; null while it has none. In its own currency when a variant has no price in yours.',
  })
  async priceRange(
    @Root() product: Product,
    @Arg('currency', () => CurrencyCode, {
      nullable: true,
      description: "The currency; the product's own unless given.",
    })
    currency: string | null,
    @Ctx() { loaders }: Context,
  ) {
    if (!product.defaultVariantId) return null;
    const money = (minor: bigint) => toMoneyType({ minor, currency: product.currency });
    const own = { min: money(product.priceMinMinor), max: money(product.priceMaxMinor) };
    if (!currency || currency === product.currency) return own;
    return (await rangeIn(currency, product, loaders)) ?? own;
  }

  @FieldResolver(() => Date, { nullable: true, description: 'How old the news in `inStock` is.' })
  inStockAsOf(@Root() { stockAsOf }: Product) {
    return stockAsOf;
  }

  @Public()
  @News()
  @Subscription(() => ProductType, {
    nullable: true,
    description: 'A product each time it changes.',
    subscribe: ({ args, context }) =>
      (context as Context).deps.pubsub.subscribe(eventTopic(productSaved.type, String(args['id']))),
  })
  async productChanged(
    @Arg('id', () => ID, { description: 'The product.' }) _id: string,
    @Root() event: EventOf<typeof productSaved>,
    @Ctx() { loaders, viewer }: Context,
  ) {
    const product = await loaders.product.load(event.data.productId);
    return product && mayFind(viewer, product) ? product : null;
  }
}

/** The range in a currency every variant is priced in; `null` when one is not, for cheap and dear would not compare. */
async function rangeIn(currency: string, product: Product, loaders: Context['loaders']) {
  const page = { first: MOST_VARIANTS, after: null };
  const variants = await loaders.variantsOfProduct(page, product.id);
  const prices = await Promise.all(
    variants.map(async (variant) => {
      const rows = await loaders.pricesOfVariant.load(variant.id);
      return priceFor(variant, rows, { currency, quantity: 1 }).price;
    }),
  );
  if (prices.length === 0 || prices.some((price) => price.currency !== currency)) return null;
  const sorted = prices.sort((left, right) => (left.minor < right.minor ? -1 : 1));
  const [min, max] = [sorted[0], sorted.at(-1)];
  return min && max ? { min: toMoneyType(min), max: toMoneyType(max) } : null;
}
