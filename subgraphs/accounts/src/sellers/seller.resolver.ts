import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionFrom, counted, pageOf } from '@storegraph/connection';
import {
  Authenticated,
  checkInput,
  conflict,
  ConnectionSize,
  Decimal,
  invalidInput,
  notFound,
  Policy,
  Public,
  refuse,
  RequiresScopes,
  requireUser,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { UserType } from '../users/user.type.js';
import { applyAsSeller } from './apply-as-seller.action.js';
import { decideSeller } from './decide-seller.action.js';
import { application, sellerDecision } from './seller-input.js';
import { maySee, rateOf, type Seller } from './seller.js';
import {
  ApplyAsSellerInput,
  ApplyAsSellerResult,
  DecideSellerInput,
  DecideSellerResult,
  SellerConnection,
  SellersArguments,
  SellerType,
} from './seller.type.js';

@Resolver(() => SellerType)
export class SellerResolver {
  @Public()
  @Query(() => SellerType, {
    nullable: true,
    description: 'A business that sells here. Give its id or its slug.',
  })
  async seller(
    @Arg('id', () => ID, { nullable: true, description: 'What identifies it.' })
    id: string | null | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its name in web addresses.' })
    slug: string | null | undefined,
    @Ctx() { loaders, viewer }: Context,
  ) {
    if ((id == null) === (slug == null)) refuse('BAD_USER_INPUT', 'Give either "id" or "slug".');
    const seller = await (id == null ? loaders.sellerBySlug.load(slug ?? '') : loaders.seller.load(id));
    return seller && maySee(seller, viewer) ? seller : null;
  }

  @RequiresScopes([['seller:read']])
  @ConnectionSize()
  @Query(() => SellerConnection, {
    description: 'All businesses that sell here or want to, the latest first.',
  })
  async sellers(@Args(() => SellersArguments) args: SellersArguments, @Ctx() { loaders }: Context) {
    const page = pageOf(args, 1);
    const status = args.status ?? null;
    const connection = connectionFrom(await loaders.sellers(status, page), page, (seller) => [seller.id]);
    return counted(connection, () => loaders.sellerCount(status));
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Whose business it is.' })
  owner(@Root() seller: Seller, @Ctx() { loaders }: Context) {
    return loaders.user.load(seller.ownerId);
  }

  @Policy([['seller-owner'], ['staff'], ['service']])
  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'The share of each sale the shop keeps: `"0.1000"` is ten percent.',
  })
  commissionRate(@Root() seller: Seller) {
    return rateOf(seller.commissionBasisPoints);
  }

  @Authenticated()
  @Mutation(() => ApplyAsSellerResult, { description: 'Asks to sell here.' })
  async applyAsSeller(
    @Arg('input', () => ApplyAsSellerInput, { description: 'The business.' }) input: ApplyAsSellerInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(application, input);
    if (!checked.ok) return checked.problem;
    const outcome = await applyAsSeller(deps, requireUser(viewer).id, checked.value);
    switch (outcome.kind) {
      case 'applied':
        return { __typename: 'ApplyAsSellerSuccess', seller: outcome.seller };
      case 'applied-before':
        return conflict(['input'], 'You have applied before.');
      case 'no-account':
        return conflict(['input'], 'Your account cannot apply.');
      case 'slug-taken':
        return {
          __typename: 'SellerSlugTaken',
          code: 'SLUG_TAKEN',
          message: 'Another seller uses this name in web addresses.',
          path: ['input', 'slug'],
        };
    }
  }

  @RequiresScopes([['seller:verify']])
  @Mutation(() => DecideSellerResult, { description: 'Decides whether a business may sell here.' })
  async decideSeller(
    @Arg('input', () => DecideSellerInput, { description: 'The decision.' }) input: DecideSellerInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(sellerDecision, input);
    if (!checked.ok) return checked.problem;
    const outcome = await decideSeller(deps, checked.value, requireUser(viewer).id);
    switch (outcome.kind) {
      case 'decided':
        return { __typename: 'DecideSellerSuccess', seller: outcome.seller };
      case 'not-found':
        return notFound(['input', 'sellerId'], 'There is no such seller.');
      case 'own-business':
        return invalidInput(['input', 'sellerId'], 'Somebody else has to decide about your business.');
      case 'illegal':
        return conflict(['input', 'status'], `This cannot follow from "${outcome.from}".`);
    }
  }
}

@Resolver(() => UserType)
export class UserSellerResolver {
  @FieldResolver(() => SellerType, { nullable: true, description: 'The business this person sells under.' })
  async seller(@Root() user: UserType, @Ctx() { loaders, viewer }: Context) {
    const seller = await loaders.sellerOfOwner.load(user.id);
    return seller && maySee(seller, viewer) ? seller : null;
  }
}
