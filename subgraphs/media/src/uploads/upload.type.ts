import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AssumedSize, resultUnion } from '@storegraph/subgraph-server';
import { AssetType } from '../assets/asset.type.js';
import { InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { UploadPurpose } from './upload.js';

registerEnumType(UploadPurpose, {
  name: 'UploadPurpose',
  description: 'What a file is uploaded for.',
  valuesConfig: {
    PRODUCT: {
      description: 'To be shown of a product: pictures, films, models, manuals. For those who sell.',
    },
    PROFILE: { description: 'To be your portrait.' },
    REVIEW: { description: 'To be shown with a review of yours.' },
    BRAND: { description: "To be a brand's logo. For staff." },
    IMPORT: { description: 'To be read by an import; never public. For staff.' },
  },
});

@InputType({ description: 'A file you want to upload.' })
export class BeginUploadInput {
  @Field(() => String, { description: 'Its name, for you to recognise it by.' })
  fileName!: string;

  @Field(() => String, {
    description: 'Its media type, such as `image/jpeg`. The content is checked against it.',
  })
  mimeType!: string;

  @Field(() => Int, { description: 'How long it is, in bytes, exactly.' })
  bytes!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The SHA-256 of its content in hexadecimal, if you want it checked.',
  })
  sha256?: string | null;

  @Field(() => UploadPurpose, { description: 'What it is for.' })
  purpose!: UploadPurpose;
}

@ObjectType({ description: 'A header to send with a file.' })
export class UploadHeader {
  @Field(() => String, { description: "The header's name." })
  name!: string;

  @Field(() => String, { description: "The header's value." })
  value!: string;
}

@ObjectType({ description: 'Where and how to send a file: once, and soon.' })
export class UploadTicket {
  @Field(() => ID, { description: 'Identifies the upload; complete it with this once the file was sent.' })
  id!: string;

  @Field(() => String, { description: 'The HTTP method to send it with: `PUT`, the file being the body.' })
  method!: string;

  @Field(() => String, { description: 'The signed address to send it to. Whoever has it can send the file.' })
  url!: string;

  @AssumedSize(5)
  @Field(() => [UploadHeader], { description: 'Headers to send with it.' })
  headers!: UploadHeader[];

  @Field(() => Int, { description: 'How long files of its type may be, in bytes.' })
  maxBytes!: number;

  @Field(() => Date, { description: 'Until when it can be sent.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'The file may be sent.' })
export class BeginUploadSuccess {
  @Field(() => UploadTicket, { description: 'Where and how to send it.' })
  upload!: UploadTicket;
}

@ObjectType({ implements: UserError, description: 'Files of this type are not taken for this purpose.' })
export class UnsupportedType extends UserError {}

@ObjectType({ implements: UserError, description: 'The file is larger than files of its type may be.' })
export class TooLarge extends UserError {
  @Field(() => Int, { description: 'How long it may be, in bytes.' })
  maxBytes!: number;
}

export const BeginUploadResult = resultUnion({
  name: 'BeginUploadResult',
  description: 'What became of an announced file.',
  types: () => [BeginUploadSuccess, UnsupportedType, TooLarge, InvalidInput] as const,
});

@InputType({ description: 'A file you have sent.' })
export class CompleteUploadInput {
  @Field(() => ID, { description: 'The upload, from its ticket.' })
  uploadId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it shows, for those who cannot see it; at most 300 characters.',
  })
  alt?: string | null;
}

@ObjectType({ description: 'The file is an asset now.' })
export class CompleteUploadSuccess {
  @Field(() => AssetType, { description: 'The asset, the same however often you complete.' })
  asset!: AssetType;
}

@ObjectType({ implements: UserError, description: 'The file has not arrived yet; send it first.' })
export class NotUploaded extends UserError {}

@ObjectType({ implements: UserError, description: 'The file was not sent in time; begin again.' })
export class UploadExpired extends UserError {}

export const CompleteUploadResult = resultUnion({
  name: 'CompleteUploadResult',
  description: 'What became of a sent file.',
  types: () => [CompleteUploadSuccess, NotUploaded, UploadExpired, NotFound, InvalidInput] as const,
});
