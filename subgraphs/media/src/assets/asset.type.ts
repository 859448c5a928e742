import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BigIntText, CacheControl, Key, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { RenditionFormat } from '../renditions/rendition.js';
import { InvalidInput, NotFound } from '../user-errors.type.js';
import { AssetKind, AssetStatus } from './asset.js';

registerEnumType(AssetKind, {
  name: 'AssetKind',
  description: 'What kind of file an asset is.',
  valuesConfig: {
    IMAGE: { description: 'A picture.' },
    VIDEO: { description: 'A film.' },
    MODEL: { description: 'A 3D model, as glTF binary.' },
    TEXTURE: { description: 'A surface for 3D models.' },
    ANIMATION: { description: 'A movement for 3D models.' },
    DOCUMENT: { description: 'Something to read, such as a manual.' },
  },
});

registerEnumType(AssetStatus, {
  name: 'AssetStatus',
  description: 'Where an asset is on its way to being kept by the shop.',
  valuesConfig: {
    PENDING: { description: 'It is still to be fetched; meanwhile it is shown from where it was found.' },
    READY: { description: 'It was checked and is kept.' },
    FAILED: { description: 'It could not be fetched; it is shown from where it was found.' },
  },
});

registerEnumType(RenditionFormat, {
  name: 'ImageFormat',
  description: 'What a smaller picture is encoded as.',
  valuesConfig: {
    WEBP: { description: 'WebP: small, and shown by every browser of today.' },
    AVIF: { description: 'AVIF: the smallest; the first request takes longer.' },
    JPEG: { description: 'JPEG, on white: for e-mail and old devices.' },
  },
});

@CacheControl({ maxAge: 60 })
@Key('id')
@ObjectType('Asset', {
  implements: NodeType,
  description: 'A file the shop shows: a picture, a film, a model.',
})
export class AssetType extends NodeType {
  @Field(() => AssetKind, { description: 'What kind of file it is.' })
  kind!: AssetKind;

  @Field(() => AssetStatus, { description: 'Whether the shop keeps it yet.' })
  status!: AssetStatus;

  @Field(() => BigIntText, { nullable: true, description: 'How long the file the shop keeps is, in bytes.' })
  fileSize!: bigint | null;

  @Field(() => Int, { nullable: true, description: 'How wide the picture is, in pixels.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'How high the picture is, in pixels.' })
  height!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The colour there is most of, such as `#c0ffee`: what to show while the picture loads.',
  })
  dominantColor!: string | null;

  @Field(() => String, { nullable: true, description: 'What it shows, for those who cannot see it.' })
  alt!: string | null;

  @Field(() => Int, { description: 'Grows when the file is replaced.' })
  version!: number;

  @Field(() => Date, { description: 'When the shop got it.' })
  createdAt!: Date;
}

@ArgsType()
export class ThumbnailArguments {
  @Field(() => Int, {
    defaultValue: 320,
    description: 'How wide at least, in pixels, up to 1920: rounded up to the next width that is made.',
  })
  width!: number;

  @Field(() => RenditionFormat, {
    defaultValue: RenditionFormat.WEBP,
    description: 'What it is encoded as.',
  })
  format!: RenditionFormat;
}

@InputType({ description: 'Which asset goes.' })
export class DeleteAssetInput {
  @Field(() => ID, { description: 'The asset, one of yours.' })
  assetId!: string;
}

@ObjectType({ description: 'The asset is gone.' })
export class DeleteAssetSuccess {
  @Field(() => ID, { description: 'The id it had.' })
  deletedAssetId!: string;
}

export const DeleteAssetResult = resultUnion({
  name: 'DeleteAssetResult',
  description: 'What became of a deletion.',
  types: () => [DeleteAssetSuccess, NotFound, InvalidInput] as const,
});
