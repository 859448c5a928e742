import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { InvalidAmount, parseDecimal } from '@storegraph/money';
import { checkInput, conflict, Cost, invalidInput, notFound, Public } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { explainProblem } from '../coupons/coupon.js';
import { idempotencyMismatch } from '../user-errors.type.js';
import { placedOrder, reservedCheckout } from './checkout-input.js';
import {
  PlaceOrderInput,
  PlaceOrderResult,
  ReserveCheckoutInput,
  ReserveCheckoutResult,
} from './checkout.type.js';
import type { LineShortage } from './hold-cart.action.js';
import { placeOrder, type PlaceOrderOutcome } from './place-order.action.js';
import { reserveCheckout } from './reserve-checkout.action.js';

const NO_SUCH_CART = notFound(['input', 'cartToken'], 'There is no such cart.');
const CART_EXPIRED = {
  __typename: 'CartExpired',
  code: 'CART_EXPIRED',
  message: 'The cart was left alone for too long; start another.',
  path: ['input', 'cartToken'],
};

@Resolver()
export class CheckoutResolver {
  @Public()
  @Cost(10)
  @Mutation(() => ReserveCheckoutResult, {
    description: 'Say where your cart goes, and have everything in it held for you while you pay.',
  })
  async reserveCheckout(
    @Arg('input', () => ReserveCheckoutInput, { description: 'Where, and how.' }) input: ReserveCheckoutInput,
    @Ctx() { deps, loaders, viewer }: Context,
  ) {
    const checked = checkInput(reservedCheckout, input);
    if (!checked.ok) return checked.problem;
    const { cartToken, shippingOptionId: shippingOption, ...delivery } = checked.value;
    const outcome = await reserveCheckout(deps, { cartToken, viewer }, { ...delivery, shippingOption });
    switch (outcome.kind) {
      case 'reserved':
        return { __typename: 'ReserveCheckoutSuccess', cart: await loaders.changedCart.load(outcome.cartId) };
      case 'out-of-stock':
        return outOfStock(outcome.lines);
      case 'invalid':
        return invalidInput(outcome.path, outcome.message);
      case 'not-found':
        return NO_SUCH_CART;
      case 'expired':
        return CART_EXPIRED;
      case 'changed-meanwhile':
        return conflict(['input', 'cartToken'], 'The cart was changed meanwhile.', outcome.currentVersion);
    }
  }

  @Public()
  @Cost(20)
  @Mutation(() => PlaceOrderResult, {
    description: 'Order what is in your cart. However often you send it with one key, it is ordered once.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'Which cart.' }) input: PlaceOrderInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(placedOrder, input);
    if (!checked.ok) return checked.problem;
    const { deps, viewer } = context;
    const { expectedTotal, ...wish } = checked.value;
    const expectedTotalMinor = toMinor(expectedTotal, deps.config.currency);
    if (expectedTotalMinor === undefined)
      return invalidInput(['input', 'expectedTotal'], 'This is no amount.');
    return show(await placeOrder(deps, { ...wish, viewer, expectedTotalMinor }), context);
  }
}

async function show(outcome: PlaceOrderOutcome, { deps, loaders }: Context) {
  switch (outcome.kind) {
    case 'placed':
      return {
        __typename: 'PlaceOrderSuccess',
        ...outcome,
        publishableKey: deps.provider.publishableKey,
      };
    case 'out-of-stock':
      return outOfStock(outcome.lines);
    case 'price-changed':
      return {
        __typename: 'PriceChanged',
        code: 'PRICE_CHANGED',
        message: 'It costs something else by now; look at the cart again.',
        path: ['input', 'expectedTotal'],
        cart: await loaders.changedCart.load(outcome.cartId),
      };
    case 'coupon-invalid':
      return {
        __typename: 'CouponInvalid',
        code: 'COUPON_INVALID',
        message: `${outcome.code}: ${explainProblem(outcome.problem)}`,
        path: ['cart', 'coupons'],
        reason: outcome.problem,
      };
    case 'invalid':
      return invalidInput(outcome.path, outcome.message);
    case 'mismatch':
      return idempotencyMismatch();
    case 'not-found':
      return NO_SUCH_CART;
    case 'expired':
      return CART_EXPIRED;
  }
}

function outOfStock(lines: readonly LineShortage[]) {
  return {
    __typename: 'OutOfStock',
    code: 'OUT_OF_STOCK',
    message: 'There is not enough of something in your cart.',
    path: ['cart', 'lines'],
    lines: lines.map(({ lineId, name, available }) => ({
      code: 'OUT_OF_STOCK',
      message: available === 0 ? `${name} is sold out.` : `Only ${available} of ${name} are left.`,
      lineId,
      available,
    })),
  };
}

/** `undefined` for text that is no amount. */
function toMinor(amount: string | null, currency: string): bigint | null | undefined {
  if (amount === null) return null;
  try {
    return parseDecimal(amount, currency);
  } catch (error) {
    if (error instanceof InvalidAmount) return undefined;
    throw error;
  }
}
