import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionFrom, ConnectionArguments, pageOf } from '@storegraph/connection';
import { money } from '@storegraph/money';
import {
  checkInput,
  conflict,
  ConnectionSize,
  invalidInput,
  MoneyType,
  notFound,
  RequiresScopes,
  toMoneyType,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { savedCoupon } from './coupon-input.js';
import { CouponKind, type Coupon } from './coupon.js';
import { CouponConnection, CouponType, SaveCouponInput, SaveCouponResult } from './coupon.type.js';
import { saveCoupon } from './save-coupon.action.js';

@Resolver(() => CouponType)
export class CouponResolver {
  @RequiresScopes([['coupon:write']])
  @Query(() => CouponType, { nullable: true, description: 'One discount code.' })
  coupon(
    @Arg('id', () => ID, { description: 'The discount code.' }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.coupon.load(id);
  }

  @RequiresScopes([['coupon:write']])
  @ConnectionSize()
  @Query(() => CouponConnection, { description: 'All discount codes, newest first.' })
  async coupons(@Args(() => ConnectionArguments) args: ConnectionArguments, @Ctx() { loaders }: Context) {
    const page = pageOf(args, 1);
    const after = page.after && String(page.after[0]);
    return connectionFrom(await loaders.coupons.load({ first: page.first, after }), page, ({ id }) => [id]);
  }

  @FieldResolver(() => Float, { nullable: true })
  percent(@Root() { kind, value }: Coupon) {
    return kind === CouponKind.PERCENT ? Number(value) / 100 : null;
  }

  @FieldResolver(() => MoneyType, { nullable: true })
  amount(@Root() { kind, value, currency }: Coupon) {
    return kind === CouponKind.AMOUNT && currency ? toMoneyType(money(value, currency)) : null;
  }

  @FieldResolver(() => MoneyType, { nullable: true })
  minimum(@Root() { minimumMinor }: Coupon, @Ctx() { deps }: Context) {
    return minimumMinor === null ? null : toMoneyType(money(minimumMinor, deps.config.currency));
  }

  @RequiresScopes([['coupon:write']])
  @Mutation(() => SaveCouponResult, { description: 'Make a discount code or change one.' })
  async saveCoupon(
    @Arg('input', () => SaveCouponInput, { description: 'The discount code.' }) input: SaveCouponInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(savedCoupon, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveCoupon(deps, checked.value);
    switch (outcome.kind) {
      case 'saved':
        return { __typename: 'SaveCouponSuccess', coupon: outcome.coupon };
      case 'not-found':
        return notFound(['input', 'id'], 'There is no such discount code.');
      case 'changed-meanwhile':
        return conflict(['input', 'expectedVersion'], 'It was changed meanwhile.', outcome.currentVersion);
      case 'code-taken':
        return invalidInput(['input', 'code'], 'Another discount has this code.');
      case 'used-more-often':
        return invalidInput(['input', 'usageLimit'], `It has been used ${outcome.used} times already.`);
    }
  }
}
