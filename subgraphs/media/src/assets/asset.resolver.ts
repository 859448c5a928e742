import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { CacheControl, checkInput, notFound, Policy, Public } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { User } from '../references/user.type.js';
import { signToken } from '../uploads/signed-token.js';
import { addressOf, thumbnailAddressOf, typeAtAddress } from './asset-address.js';
import { AssetType, DeleteAssetInput, DeleteAssetResult, ThumbnailArguments } from './asset.type.js';
import type { Asset } from './asset.js';
import { deleteAsset } from './delete-asset.action.js';
import { watchAsset } from './watch-asset.action.js';

const READ_WITHIN_MILLIS = 15 * 60_000; // fifteen minutes

const deletion = z.object({
  assetId: z.string().refine((id) => isId('asset', id), 'is not the id of an asset'),
});

@Resolver(() => AssetType)
export class AssetResolver {
  @Public()
  // Its owner sees it before everyone may.
  @CacheControl({ maxAge: 0 })
  @Query(() => AssetType, {
    nullable: true,
    description: 'One asset: any that is shown to the public, or one of yours.',
  })
  asset(@Arg('id', () => ID, { description: 'The asset.' }) id: string, @Ctx() { loaders }: Context) {
    return loaders.asset.load(id);
  }

  @FieldResolver(() => String, {
    description: 'Where the file is read. Another content has another address, so it may be cached for good.',
  })
  url(@Root() asset: Asset, @Ctx() { deps }: Context) {
    const { config, now } = deps;
    const address = addressOf(asset, config.cdnUrl);
    if (asset.isPublic) return address;
    const expiresAt = new Date(now().getTime() + READ_WITHIN_MILLIS);
    return `${address}?token=${signToken(config.uploadKeys, { to: 'read', id: asset.id }, expiresAt)}`;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The media type of what is read at `url`; unknown until a picture named by address has been fetched.',
  })
  mimeType(@Root() asset: Asset) {
    return typeAtAddress(asset);
  }

  @FieldResolver(() => String, {
    description: 'Where a smaller picture of it is read; of something that is no picture, the file itself.',
  })
  thumbnailUrl(
    @Root() asset: Asset,
    @Args(() => ThumbnailArguments) args: ThumbnailArguments,
    @Ctx() context: Context,
  ) {
    return asset.isPublic
      ? thumbnailAddressOf(asset, args, context.deps.config.cdnUrl)
      : this.url(asset, context);
  }

  @Policy([['asset-owner'], ['staff']])
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who uploaded it; nobody when it is the shop itself.',
  })
  owner(@Root() { ownerId }: Asset) {
    return ownerId === null ? null : { id: ownerId };
  }

  @Policy([['asset-owner'], ['staff']])
  @Mutation(() => DeleteAssetResult, { description: 'Delete an asset for good, everywhere it is shown.' })
  async deleteAsset(
    @Arg('input', () => DeleteAssetInput, { description: 'Which asset.' }) input: DeleteAssetInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(deletion, input);
    if (!checked.ok) return checked.problem;
    const { assetId } = checked.value;
    const outcome = await deleteAsset(deps, assetId);
    return outcome.kind === 'deleted'
      ? { __typename: 'DeleteAssetSuccess', deletedAssetId: assetId }
      : notFound(['input', 'assetId'], 'There is no such asset.');
  }

  @Policy([['asset-owner'], ['staff']])
  @Subscription(() => AssetType, {
    nullable: true,
    description: 'The asset as it is now, and again whenever its processing has come further.',
    subscribe: ({ args, context }) =>
      watchAsset((context as Context).deps, String((args as { id: unknown }).id)),
  })
  assetProcessing(
    @Arg('id', () => ID, { description: 'The asset, one of yours.' }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.asset.load(id);
  }
}
