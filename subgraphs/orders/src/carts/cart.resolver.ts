import { Arg, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import { money, multiply } from '@storegraph/money';
import {
  AssumedSize,
  MoneyType,
  Policy,
  Public,
  refuse,
  toMoneyType,
  News,
} from '@storegraph/subgraph-server';
import type { LineTotals } from '../checkout/totals.js';
import { toTotalsType, Totals } from '../checkout/totals.type.js';
import type { Context } from '../context.js';
import { explainProblem } from '../coupons/coupon.js';
import { AppliedCoupon } from '../coupons/coupon.type.js';
import { ProductVariant } from '../references/product-variant.type.js';
import { Seller } from '../references/seller.type.js';
import { User } from '../references/user.type.js';
import { addressInput } from '../shipping/address.js';
import { PostalAddress, PostalAddressInput } from '../shipping/address.type.js';
import { cartTopic } from './announce-cart.action.js';
import { warningsOf, type Cart, type CartLine, type CartWarning } from './cart.js';
import { CartLineType, CartType, CartWarningType, SharedCart, ShippingOption } from './cart.type.js';
import { ChosenCustomization, toChosenCustomizations } from './customization.type.js';
import { findWatchedCart } from './find-cart.action.js';
import { goodsOf, optionsFor } from './price-cart.js';
import { readCart } from './read-cart.action.js';
import { findSharedCart } from './share-cart.action.js';

const WARNING_CODES = {
  'price-changed': 'PRICE_CHANGED',
  'too-few': 'OUT_OF_STOCK',
  coupon: 'COUPON_INVALID',
} as const;

/** A warning as the graph shows it. */
export const toWarningType = ({ kind, ...warning }: CartWarning) => ({
  code: WARNING_CODES[kind],
  ...warning,
});

@Resolver(() => CartType)
export class CartResolver {
  @Public()
  @Query(() => CartType, {
    nullable: true,
    description: "A guest's cart by its secret, or your own; null when there is none or its time is up.",
  })
  cart(
    @Arg('cartToken', () => String, { nullable: true, description: "A guest cart's secret." })
    cartToken: string | null | undefined,
    @Ctx() { deps, viewer }: Context,
  ) {
    return readCart(deps, { cartToken: cartToken ?? null, viewer });
  }

  @Public()
  @Query(() => SharedCart, { nullable: true, description: 'A cart somebody shows you.' })
  async sharedCart(
    @Arg('shareToken', () => String, { description: 'What they gave you.' }) shareToken: string,
    @Ctx() { deps, loaders }: Context,
  ) {
    const cart = await findSharedCart(deps, shareToken);
    if (!cart) return null;
    const lines = await loaders.linesOfCart.load(cart.id);
    const { currency } = cart;
    return { currency, lines, subtotal: toMoneyType(money(goodsOf(lines), currency)) };
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whose it is; nobody’s when a guest holds it.' })
  owner(@Root() { ownerId }: Cart) {
    return ownerId === null ? null : { id: ownerId };
  }

  @AssumedSize(10)
  @FieldResolver(() => [CartLineType], { description: 'What is in it.' })
  lines(@Root() { id }: Cart, @Ctx() { loaders }: Context) {
    return loaders.linesOfCart.load(id);
  }

  @FieldResolver(() => PostalAddress, { nullable: true, description: 'Where it is to be sent.' })
  shippingAddress(@Root() { shippingAddress }: Cart) {
    return shippingAddress;
  }

  @AssumedSize(3)
  @FieldResolver(() => [AppliedCoupon], { description: 'The discount codes on it.' })
  async coupons(@Root() cart: Cart, @Ctx() { loaders }: Context) {
    const { totals, problems } = await loaders.cartPrice.load(cart);
    const applied = await loaders.couponsOfCart.load(cart.id);
    return applied.map(({ coupon: { id, code, kind } }) => {
      const discount = totals.discounts.find(({ couponId }) => couponId === id)?.amountMinor ?? 0n;
      return {
        code,
        kind,
        discount: toMoneyType(money(discount, cart.currency)),
        problem: problems.get(id) ?? null,
      };
    });
  }

  @AssumedSize(5)
  @FieldResolver(() => [ShippingOption], { description: 'The ways to have it sent.' })
  async shippingOptions(
    @Root() cart: Cart,
    @Arg('address', () => PostalAddressInput, {
      nullable: true,
      description: 'To where; to the address of the cart if not given.',
    })
    address: PostalAddressInput | null,
    @Ctx() { loaders }: Context,
  ) {
    const given = addressInput.nullish().safeParse(address);
    if (!given.success) return refuse('BAD_USER_INPUT', 'The address is not complete.', { field: 'address' });
    const lines = await loaders.linesOfCart.load(cart.id);
    const options = optionsFor({ lines }, given.data ?? cart.shippingAddress);
    return options.map((option) => toShippingOption(option, cart.currency));
  }

  @FieldResolver(() => ShippingOption, { nullable: true, description: 'How it is to be sent.' })
  async shippingOption(@Root() cart: Cart, @Ctx() { loaders }: Context) {
    const { shipping } = await loaders.cartPrice.load(cart);
    return shipping && toShippingOption(shipping, cart.currency);
  }

  @FieldResolver(() => Totals, { description: 'What it costs.' })
  async totals(@Root() cart: Cart, @Ctx() { loaders }: Context) {
    return toTotalsType((await loaders.cartPrice.load(cart)).totals);
  }

  @AssumedSize(10)
  @FieldResolver(() => [CartWarningType], { description: 'What to know before paying.' })
  async warnings(@Root() cart: Cart, @Ctx() { loaders }: Context) {
    const lines = await loaders.linesOfCart.load(cart.id);
    const stock = await Promise.all(
      [...new Set(lines.map(({ variantId }) => variantId))].map(
        async (id) => [id, await loaders.availability.load(id)] as const,
      ),
    );
    const { problems } = await loaders.cartPrice.load(cart);
    const unusable = [...problems.values()].map((problem): CartWarning => ({
      kind: 'coupon',
      message: explainProblem(problem),
      lineId: null,
      available: null,
    }));
    return [...warningsOf(lines, new Map(stock)), ...unusable].map(toWarningType);
  }

  @FieldResolver(() => Date, { nullable: true, description: 'Until when its stock is held for you.' })
  async reservedUntil(@Root() { id }: Cart, @Ctx() { loaders }: Context) {
    return (await loaders.holdOfCart.load(id))?.expiresAt ?? null;
  }

  @Policy([['cart-holder']])
  @News()
  @Subscription(() => CartType, {
    nullable: true,
    description: 'The cart after each change, whoever makes it.',
    subscribe: async ({ args, context }) => {
      const { deps, viewer } = context as Context;
      const cartToken = (args['cartToken'] as string | null | undefined) ?? null;
      const cart = await findWatchedCart(deps, { cartToken, viewer });
      if (!cart) return refuse('NOT_FOUND', 'There is no such cart.');
      return deps.pubsub.subscribe(cartTopic(cart.id));
    },
  })
  cartUpdated(
    @Arg('cartToken', () => String, {
      nullable: true,
      description: "A guest cart's secret; your own cart without it.",
    })
    _cartToken: string | null,
    @Root() { cartId }: { cartId: string },
    @Ctx() { loaders }: Context,
  ) {
    return loaders.cart.load(cartId);
  }
}

@Resolver(() => CartLineType)
export class CartLineResolver {
  @FieldResolver(() => ProductVariant, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: CartLine) {
    return { id: variantId };
  }

  @FieldResolver(() => Seller, { nullable: true, description: 'Who sells it, if not the shop itself.' })
  seller(@Root() { sellerId }: CartLine) {
    return sellerId === null ? null : { id: sellerId };
  }

  @AssumedSize(5)
  @FieldResolver(() => [ChosenCustomization], { description: 'How it is customized.' })
  customizations(@Root() { customizations }: CartLine, @Ctx() { deps }: Context) {
    return toChosenCustomizations(customizations, deps.config.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What one costs, customizations included.' })
  unitPrice(@Root() { unitPriceMinor }: CartLine, @Ctx() { deps }: Context) {
    return toMoneyType(money(unitPriceMinor, deps.config.currency));
  }

  @FieldResolver(() => MoneyType, { description: 'What one cost when it was put in.' })
  unitPriceWhenAdded(@Root() { unitPriceWhenAddedMinor }: CartLine, @Ctx() { deps }: Context) {
    return toMoneyType(money(unitPriceWhenAddedMinor, deps.config.currency));
  }

  @FieldResolver(() => MoneyType, { description: 'What they cost together, before discounts and added tax.' })
  subtotal(@Root() { unitPriceMinor, quantity }: CartLine, @Ctx() { deps }: Context) {
    return toMoneyType(multiply(money(unitPriceMinor, deps.config.currency), quantity));
  }

  @FieldResolver(() => MoneyType, { description: 'Their share of the discounts.' })
  async discount(@Root() line: CartLine, @Ctx() context: Context) {
    return toMoneyType(
      money((await totalsOfLine(line, context)).discountMinor, context.deps.config.currency),
    );
  }

  @FieldResolver(() => MoneyType, {
    description: 'The tax on them, whether added or contained in the price.',
  })
  async tax(@Root() line: CartLine, @Ctx() context: Context) {
    return toMoneyType(money((await totalsOfLine(line, context)).taxMinor, context.deps.config.currency));
  }

  @FieldResolver(() => MoneyType, { description: 'What is paid for them, discounts and tax included.' })
  async total(@Root() line: CartLine, @Ctx() context: Context) {
    return toMoneyType(money((await totalsOfLine(line, context)).totalMinor, context.deps.config.currency));
  }
}

@Resolver(() => User)
export class UserCartResolver {
  @Policy([['self']])
  @FieldResolver(() => CartType, { nullable: true, description: 'What they are about to buy.' })
  cart(@Root() { id }: User, @Ctx() { loaders }: Context) {
    return loaders.openCartOfUser.load(id);
  }
}

const toShippingOption = (
  { priceMinor, ...option }: ReturnType<typeof optionsFor>[number],
  currency: string,
) => ({ ...option, price: toMoneyType(money(priceMinor, currency)) });

async function totalsOfLine({ id, cartId }: CartLine, { loaders }: Context): Promise<LineTotals> {
  const cart = await loaders.cart.load(cartId);
  const line = cart && (await loaders.cartPrice.load(cart)).totals.lines.get(id);
  return line ?? refuse('NOT_FOUND', 'The line is no longer in the cart.');
}
