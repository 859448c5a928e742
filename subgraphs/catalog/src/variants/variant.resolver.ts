import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { connectionFrom, ConnectionArguments, pageOf } from '@storegraph/connection';
import {
  AssumedSize,
  ConnectionSize,
  CurrencyCode,
  MoneyType,
  Public,
  refuse,
  toMoneyType,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { choicesOf, valuesById } from '../options/option.js';
import { choiceValue } from '../options/option-shapes.js';
import { OptionValueType } from '../options/option.type.js';
import { priceFor } from '../prices/price.js';
import { mayFind, type Product } from '../products/product.js';
import { ProductType } from '../products/product.type.js';
import type { Variant } from './variant.js';
import { ProductVariantConnection, ProductVariantType } from './variant.type.js';

const OPENING_QUANTITY = 1;

@Resolver(() => ProductVariantType)
export class VariantResolver {
  @Public()
  @Query(() => ProductVariantType, { nullable: true, description: 'One variant, by id or SKU.' })
  async variant(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('sku', () => String, { nullable: true, description: 'Its SKU.' }) sku: string | null,
    @Ctx() { loaders, viewer }: Context,
  ) {
    if ((id == null) === (sku == null)) refuse('BAD_USER_INPUT', 'Give either "id" or "sku".');
    const variant =
      id == null ? await loaders.variantBySku.load(String(sku)) : await loaders.variant.load(id);
    if (!variant?.active) return null;
    const product = await loaders.product.load(variant.productId);
    return product && mayFind(viewer, product) ? variant : null;
  }

  @FieldResolver(() => ProductType, { description: 'The product it is a variant of.' })
  product(@Root() { productId }: Variant, @Ctx() { loaders }: Context) {
    return loaders.product.load(productId);
  }

  @AssumedSize(3)
  @FieldResolver(() => [OptionValueType], {
    description: 'What tells it apart, in the order of the options.',
  })
  async optionValues(@Root() { productId, optionValueIds }: Variant, @Ctx() { loaders }: Context) {
    if (optionValueIds.length === 0) return [];
    const options = choicesOf(await loaders.optionsOfProduct.load(productId));
    return valuesById(options, optionValueIds).map(({ option, value }) => choiceValue(option, value));
  }

  @FieldResolver(() => MoneyType, {
    description: 'What one piece costs. Where it has no price in the currency, the price in its own.',
  })
  async price(
    @Root() variant: Variant,
    @Arg('currency', () => CurrencyCode, {
      nullable: true,
      description: "The currency; the product's own unless given.",
    })
    currency: string | null,
    @Arg('quantity', () => Int, { defaultValue: OPENING_QUANTITY, description: 'When this many are bought.' })
    quantity: number,
    @Ctx() { loaders }: Context,
  ) {
    const isBase = (currency ?? variant.currency) === variant.currency && quantity <= OPENING_QUANTITY;
    const rows = isBase ? [] : await loaders.pricesOfVariant.load(variant.id);
    return toMoneyType(priceFor(variant, rows, { currency, quantity }).price);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'A former price, above the present one.' })
  async compareAtPrice(
    @Root() variant: Variant,
    @Arg('currency', () => CurrencyCode, {
      nullable: true,
      description: "The currency; the product's own unless given.",
    })
    currency: string | null,
    @Ctx() { loaders }: Context,
  ) {
    const isBase = (currency ?? variant.currency) === variant.currency;
    const rows = isBase ? [] : await loaders.pricesOfVariant.load(variant.id);
    const { compareAt } = priceFor(variant, rows, { currency, quantity: OPENING_QUANTITY });
    return compareAt && toMoneyType(compareAt);
  }
}

@Resolver(() => ProductType)
export class ProductVariantsResolver {
  @ConnectionSize()
  @FieldResolver(() => ProductVariantConnection, {
    description: 'Its variants, in the order they are shown.',
  })
  async variants(
    @Root() { id }: Product,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: Context,
  ) {
    const page = pageOf(args, 2);
    const rows = await loaders.variantsOfProduct(page, id);
    return connectionFrom(rows, page, (variant) => [variant.position, variant.id]);
  }

  @FieldResolver(() => ProductVariantType, {
    nullable: true,
    description: 'The variant shown first; null while it has none.',
  })
  defaultVariant(@Root() { defaultVariantId }: Product, @Ctx() { loaders }: Context) {
    return defaultVariantId && loaders.variant.load(defaultVariantId);
  }
}
