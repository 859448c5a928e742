import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { resultUnion } from '@storegraph/subgraph-server';
import { Brand } from '../references/brand.type.js';
import { Product } from '../references/product.type.js';
import { User } from '../references/user.type.js';
import { InvalidInput, NotFound } from '../user-errors.type.js';

@InputType({ description: 'Which picture stands for a variant.' })
export class VariantImageInput {
  @Field(() => ID, { description: 'The variant, one of the product.' })
  variantId!: string;

  @Field(() => ID, { description: 'The picture, one of the gallery.' })
  assetId!: string;
}

@InputType({ description: 'What is shown of a product.' })
export class SetProductMediaInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => [ID], {
    description:
      'Pictures, films and models in the order they are shown, at most 50; the first picture leads.',
  })
  assetIds!: string[];

  @Field(() => [VariantImageInput], {
    nullable: true,
    description: 'Pictures that stand for single variants; those of variants not named are removed.',
  })
  variantImages?: VariantImageInput[] | null;
}

@ObjectType({ description: 'The gallery is as you wish.' })
export class SetProductMediaSuccess {
  @Field(() => Product, { nullable: true, description: 'The product with its gallery.' })
  product!: Product | null;
}

export const SetProductMediaResult = resultUnion({
  name: 'SetProductMediaResult',
  description: 'What became of a new gallery.',
  types: () => [SetProductMediaSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'Your portrait.' })
export class SetAvatarInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A picture you have uploaded; without one yours is removed.',
  })
  assetId?: string | null;
}

@ObjectType({ description: 'Your portrait is as you wish.' })
export class SetAvatarSuccess {
  @Field(() => User, { nullable: true, description: 'You, with your portrait.' })
  user!: User | null;
}

export const SetAvatarResult = resultUnion({
  name: 'SetAvatarResult',
  description: 'What became of a new portrait.',
  types: () => [SetAvatarSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: 'The logo of a brand.' })
export class SetBrandLogoInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => ID, { nullable: true, description: 'A picture; without one the logo is removed.' })
  assetId?: string | null;
}

@ObjectType({ description: 'The logo is as you wish.' })
export class SetBrandLogoSuccess {
  @Field(() => Brand, { nullable: true, description: 'The brand with its logo.' })
  brand!: Brand | null;
}

export const SetBrandLogoResult = resultUnion({
  name: 'SetBrandLogoResult',
  description: 'What became of a new logo.',
  types: () => [SetBrandLogoSuccess, NotFound, InvalidInput] as const,
});
