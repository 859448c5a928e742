import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  Attempt,
  Authenticated,
  checkInput,
  conflict,
  invalidInput,
  notFound,
  Public,
  requireUser,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { explainProblem } from '../coupons/coupon.js';
import { addCartLines } from './add-cart-lines.action.js';
import { applyCoupon, removeCoupon } from './apply-coupon.action.js';
import {
  AddCartLinesInput,
  AddCartLinesResult,
  ApplyCouponInput,
  ApplyCouponResult,
  ChooseShippingOptionInput,
  ChooseShippingOptionResult,
  MergeCartInput,
  MergeCartResult,
  RemoveCartLineInput,
  RemoveCartLineResult,
  RemoveCouponInput,
  RemoveCouponResult,
  SetCartAddressInput,
  SetCartAddressResult,
  ShareCartInput,
  ShareCartResult,
  UpdateCartLineInput,
  UpdateCartLineResult,
} from './cart-changes.type.js';
import {
  addedLines,
  chosenShipping,
  delivery,
  mergedCart,
  removedLine,
  sharedCart,
  updatedLine,
  usedCoupon,
} from './cart-input.js';
import { MOST_LINES, MOST_PER_LINE } from './cart.js';
import { CartType } from './cart.type.js';
import { removeCartLine, updateCartLine } from './change-cart-line.action.js';
import type { CartRefusal } from './change-cart.action.js';
import { mergeCart } from './merge-cart.action.js';
import { chooseShippingOption, setCartAddress } from './set-cart-delivery.action.js';
import { shareCart } from './share-cart.action.js';

const TOO_MANY_LINES = invalidInput(['input', 'lines'], `A cart has at most ${MOST_LINES} lines.`);
const NO_SUCH_LINE = notFound(['input', 'lineId'], 'There is no such line in the cart.');

/** Why a cart could not be changed, for every mutation alike. */
function refusalOf(outcome: CartRefusal) {
  switch (outcome.kind) {
    case 'not-found':
      return notFound(['input', 'cartToken'], 'There is no such cart.');
    case 'expired':
      return {
        __typename: 'CartExpired',
        code: 'CART_EXPIRED',
        message: 'The cart was left alone for too long; start another.',
        path: ['input', 'cartToken'],
      };
    case 'changed-meanwhile':
      return conflict(
        ['input', 'expectedVersion'],
        'The cart was changed meanwhile.',
        outcome.currentVersion,
      );
  }
}

/** The success of a change, whose cart is loaded if it is asked for. */
const changed = (
  success: { __typename: string; cartToken?: string | null; shareToken?: string },
  cartId: string,
  { loaders }: Context,
) => ({
  ...success,
  get cart() {
    return loaders.changedCart.load(cartId);
  },
});

@Resolver(() => CartType)
export class CartChangesResolver {
  @Public()
  @Mutation(() => AddCartLinesResult, {
    description: 'Put things into a cart. Who has none gets one; a guest is told its secret.',
  })
  async addCartLines(
    @Arg('input', () => AddCartLinesInput, { description: 'The things.' }) input: AddCartLinesInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(addedLines, input);
    if (!checked.ok) return checked.problem;
    const { lines, ...aim } = checked.value;
    const outcome = await addCartLines(context.deps, { ...aim, viewer: context.viewer }, lines);
    const pathTo = (line: number, field: string) => ['input', 'lines', String(line), field];
    switch (outcome.kind) {
      case 'added':
        return changed(
          { __typename: 'AddCartLinesSuccess', cartToken: outcome.cartToken },
          outcome.cartId,
          context,
        );
      case 'no-such-variant':
        return notFound(pathTo(outcome.line, 'variantId'), 'There is no such thing for sale.');
      case 'not-for-sale-so':
        return invalidInput(pathTo(outcome.line, 'customizationValueIds'), outcome.message);
      case 'too-many-of-one':
        return invalidInput(pathTo(outcome.line, 'quantity'), `A line has at most ${MOST_PER_LINE}.`);
      case 'too-many-lines':
        return TOO_MANY_LINES;
      default:
        return refusalOf(outcome);
    }
  }

  @Public()
  @Mutation(() => UpdateCartLineResult, { description: 'Change how many of a line are wanted.' })
  async updateCartLine(
    @Arg('input', () => UpdateCartLineInput, { description: 'The line and the quantity.' })
    input: UpdateCartLineInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(updatedLine, input);
    if (!checked.ok) return checked.problem;
    const { lineId, quantity, ...aim } = checked.value;
    const change = { lineId, quantity };
    const outcome = await updateCartLine(context.deps, { ...aim, viewer: context.viewer }, change);
    switch (outcome.kind) {
      case 'changed':
        return changed({ __typename: 'UpdateCartLineSuccess' }, outcome.cartId, context);
      case 'no-such-line':
        return NO_SUCH_LINE;
      case 'not-for-sale':
        return invalidInput(['input', 'lineId'], outcome.message);
      default:
        return refusalOf(outcome);
    }
  }

  @Public()
  @Mutation(() => RemoveCartLineResult, { description: 'Take a line out of a cart.' })
  async removeCartLine(
    @Arg('input', () => RemoveCartLineInput, { description: 'The line.' }) input: RemoveCartLineInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(removedLine, input);
    if (!checked.ok) return checked.problem;
    const { lineId, ...aim } = checked.value;
    const outcome = await removeCartLine(context.deps, { ...aim, viewer: context.viewer }, lineId);
    if (outcome.kind === 'changed')
      return changed({ __typename: 'RemoveCartLineSuccess' }, outcome.cartId, context);
    return outcome.kind === 'no-such-line' ? NO_SUCH_LINE : refusalOf(outcome);
  }

  @Public()
  @Attempt()
  @Mutation(() => ApplyCouponResult, {
    description: 'Put a discount code on a cart; it counts as used when the order is placed.',
  })
  async applyCoupon(
    @Arg('input', () => ApplyCouponInput, { description: 'The discount code.' }) input: ApplyCouponInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(usedCoupon, input);
    if (!checked.ok) return checked.problem;
    const { code, ...aim } = checked.value;
    const outcome = await applyCoupon(context.deps, { ...aim, viewer: context.viewer }, code);
    switch (outcome.kind) {
      case 'changed':
        return changed({ __typename: 'ApplyCouponSuccess' }, outcome.cartId, context);
      case 'too-many':
        return invalidInput(['input', 'code'], 'A cart takes at most 3 discount codes.');
      case 'invalid':
        return {
          __typename: 'CouponInvalid',
          code: 'COUPON_INVALID',
          message: explainProblem(outcome.problem),
          path: ['input', 'code'],
          reason: outcome.problem,
        };
      default:
        return refusalOf(outcome);
    }
  }

  @Public()
  @Mutation(() => RemoveCouponResult, { description: 'Take a discount code off a cart.' })
  async removeCoupon(
    @Arg('input', () => RemoveCouponInput, { description: 'The discount code.' }) input: RemoveCouponInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(usedCoupon, input);
    if (!checked.ok) return checked.problem;
    const { code, ...aim } = checked.value;
    const outcome = await removeCoupon(context.deps, { ...aim, viewer: context.viewer }, code);
    return outcome.kind === 'changed'
      ? changed({ __typename: 'RemoveCouponSuccess' }, outcome.cartId, context)
      : refusalOf(outcome);
  }

  @Public()
  @Mutation(() => SetCartAddressResult, { description: 'Say where a cart is to be sent.' })
  async setCartAddress(
    @Arg('input', () => SetCartAddressInput, { description: 'The address.' }) input: SetCartAddressInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(delivery, input);
    if (!checked.ok) return checked.problem;
    const { address, email, ...aim } = checked.value;
    const outcome = await setCartAddress(
      context.deps,
      { ...aim, viewer: context.viewer },
      { address, email },
    );
    return outcome.kind === 'changed'
      ? changed({ __typename: 'SetCartAddressSuccess' }, outcome.cartId, context)
      : refusalOf(outcome);
  }

  @Public()
  @Mutation(() => ChooseShippingOptionResult, { description: 'Choose how a cart is to be sent.' })
  async chooseShippingOption(
    @Arg('input', () => ChooseShippingOptionInput, { description: 'The choice.' })
    input: ChooseShippingOptionInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(chosenShipping, input);
    if (!checked.ok) return checked.problem;
    const { option, ...aim } = checked.value;
    const outcome = await chooseShippingOption(context.deps, { ...aim, viewer: context.viewer }, option);
    switch (outcome.kind) {
      case 'changed':
        return changed({ __typename: 'ChooseShippingOptionSuccess' }, outcome.cartId, context);
      case 'no-address':
        return invalidInput(['input', 'option'], 'Say first where it is to be sent.');
      case 'not-offered':
        return invalidInput(['input', 'option'], 'It cannot be sent there like that.');
      default:
        return refusalOf(outcome);
    }
  }

  @Authenticated()
  @Mutation(() => MergeCartResult, {
    description: 'Move what you gathered as a guest into your own cart; doing it again changes nothing.',
  })
  async mergeCart(
    @Arg('input', () => MergeCartInput, { description: 'The guest cart.' }) input: MergeCartInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(mergedCart, input);
    if (!checked.ok) return checked.problem;
    const viewer = requireUser(context.viewer);
    const outcome = await mergeCart(context.deps, { viewer, cartToken: checked.value.cartToken });
    if (outcome.kind === 'merged')
      return changed({ __typename: 'MergeCartSuccess' }, outcome.cartId, context);
    return outcome.kind === 'too-many-lines'
      ? invalidInput(['input', 'cartToken'], `Together they have more than ${MOST_LINES} lines.`)
      : refusalOf(outcome);
  }

  @Public()
  @Mutation(() => ShareCartResult, { description: 'Make a secret others can look at a cart with.' })
  async shareCart(
    @Arg('input', () => ShareCartInput, { description: 'The cart.' }) input: ShareCartInput,
    @Ctx() context: Context,
  ) {
    const checked = checkInput(sharedCart, input);
    if (!checked.ok) return checked.problem;
    const outcome = await shareCart(context.deps, { ...checked.value, viewer: context.viewer });
    return outcome.kind === 'shared'
      ? changed({ __typename: 'ShareCartSuccess', shareToken: outcome.shareToken }, outcome.cartId, context)
      : refusalOf(outcome);
  }
}
