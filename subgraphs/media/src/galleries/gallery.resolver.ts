import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { isStaff } from '@storegraph/identity';
import {
  AssumedSize,
  Authenticated,
  checkInput,
  invalidInput,
  notFound,
  Policy,
  RequiresScopes,
  requireUser,
} from '@storegraph/subgraph-server';
import { AssetKind } from '../assets/asset.js';
import { AssetType } from '../assets/asset.type.js';
import type { Context } from '../context.js';
import { Brand } from '../references/brand.type.js';
import { ProductVariant } from '../references/product-variant.type.js';
import { Product } from '../references/product.type.js';
import { Review } from '../references/review.type.js';
import { User } from '../references/user.type.js';
import { avatar, brandLogo, productMedia } from './gallery-input.js';
import { PROBLEM_MESSAGES, type Curator, type ShowProblem } from './gallery.js';
import {
  SetAvatarInput,
  SetAvatarResult,
  SetBrandLogoInput,
  SetBrandLogoResult,
  SetProductMediaInput,
  SetProductMediaResult,
} from './gallery.type.js';
import { setAvatar, setBrandLogo } from './set-portrait.action.js';
import { setProductMedia } from './set-product-media.action.js';

@Resolver(() => Product)
export class ProductMediaResolver {
  @AssumedSize(10)
  @FieldResolver(() => [AssetType], {
    nullable: true,
    description: 'Everything shown of it, in the order it is shown.',
  })
  async media(
    @Root() { id }: Product,
    @Arg('kind', () => AssetKind, { nullable: true, description: 'Only files of this kind.' })
    kind: AssetKind | null,
    @Ctx() { loaders }: Context,
  ) {
    const media = await loaders.mediaOfProduct.load(id);
    return kind ? media.filter((asset) => asset.kind === kind) : media;
  }

  @FieldResolver(() => AssetType, { nullable: true, description: 'The picture that leads, for lists.' })
  thumbnail(@Root() { id }: Product, @Ctx() { loaders }: Context) {
    return loaders.thumbnailOfProduct.load(id);
  }

  @Policy([['product-owner'], ['staff']])
  @Mutation(() => SetProductMediaResult, {
    description:
      'Choose what is shown of a product, in which order, and which picture stands for which variant.',
  })
  async setProductMedia(
    @Arg('input', () => SetProductMediaInput, { description: 'The gallery.' }) input: SetProductMediaInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(productMedia, input);
    if (!checked.ok) return checked.problem;
    const outcome = await setProductMedia(deps, { ...checked.value, curator: curatorOf(viewer) });
    if (outcome.kind === 'refused')
      return problemAt(outcome.problem, ['input', 'assetIds', String(outcome.position)]);
    return { __typename: 'SetProductMediaSuccess', product: { id: checked.value.productId } };
  }
}

@Resolver(() => ProductVariant)
export class VariantImageResolver {
  @FieldResolver(() => AssetType, {
    nullable: true,
    description: 'The picture that stands for this variant, when it has one of its own.',
  })
  image(@Root() { id }: ProductVariant, @Ctx() { loaders }: Context) {
    return loaders.imageOfVariant.load(id);
  }
}

@Resolver(() => User)
export class AvatarResolver {
  @FieldResolver(() => AssetType, { nullable: true, description: 'Their portrait.' })
  avatar(@Root() { id }: User, @Ctx() { loaders }: Context) {
    return loaders.avatarOfUser.load(id);
  }

  @Authenticated()
  @Mutation(() => SetAvatarResult, { description: 'Choose your portrait, or remove it.' })
  async setAvatar(
    @Arg('input', () => SetAvatarInput, { description: 'The portrait.' }) input: SetAvatarInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(avatar, input);
    if (!checked.ok) return checked.problem;
    const curator = curatorOf(viewer);
    const outcome = await setAvatar(deps, { ...checked.value, curator });
    if (outcome.kind === 'refused') return problemAt(outcome.problem, ['input', 'assetId']);
    return { __typename: 'SetAvatarSuccess', user: { id: curator.userId } };
  }
}

@Resolver(() => Brand)
export class BrandLogoResolver {
  @FieldResolver(() => AssetType, { nullable: true, description: 'Its logo.' })
  logo(@Root() { id }: Brand, @Ctx() { loaders }: Context) {
    return loaders.logoOfBrand.load(id);
  }

  @RequiresScopes([['catalog:write']])
  @Mutation(() => SetBrandLogoResult, { description: 'Choose the logo of a brand, or remove it.' })
  async setBrandLogo(
    @Arg('input', () => SetBrandLogoInput, { description: 'The logo.' }) input: SetBrandLogoInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(brandLogo, input);
    if (!checked.ok) return checked.problem;
    const outcome = await setBrandLogo(deps, { ...checked.value, curator: curatorOf(viewer) });
    if (outcome.kind === 'refused') return problemAt(outcome.problem, ['input', 'assetId']);
    return { __typename: 'SetBrandLogoSuccess', brand: { id: checked.value.brandId } };
  }
}

@Resolver(() => Review)
export class ReviewMediaResolver {
  @Directive('@requires(fields: "assetIds")')
  @AssumedSize(8)
  @FieldResolver(() => [AssetType], { nullable: true, description: 'The pictures its author added.' })
  async media(@Root() { assetIds }: Review, @Ctx() { loaders }: Context) {
    const assets = await Promise.all(assetIds.map((id) => loaders.asset.load(id)));
    return assets.filter((asset) => asset?.isPublic);
  }
}

function curatorOf(viewer: Context['viewer']): Curator {
  const user = requireUser(viewer);
  return { userId: user.id, isStaff: isStaff(user.role) };
}

function problemAt(problem: ShowProblem, path: string[]) {
  const message = PROBLEM_MESSAGES[problem];
  return problem === 'missing' ? notFound(path, message) : invalidInput(path, message);
}
