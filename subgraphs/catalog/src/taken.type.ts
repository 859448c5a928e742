import { Field, ObjectType } from 'type-graphql';
import { UserError } from './user-errors.type.js';

@ObjectType({ implements: UserError, description: 'Another page of the shop has this address already.' })
export class SlugTaken extends UserError {
  @Field(() => String, { description: 'The address that is taken.' })
  slug!: string;
}

@ObjectType({ implements: UserError, description: 'Another variant has this SKU already.' })
export class SkuTaken extends UserError {
  @Field(() => String, { description: 'The SKU that is taken.' })
  sku!: string;
}

/** The failure of a name that has to be the only one of its kind. */
export const slugTaken = (slug: string) => ({
  __typename: 'SlugTaken',
  code: 'SLUG_TAKEN',
  message: `"${slug}" is taken.`,
  path: ['input', 'slug'],
  slug,
});

export const skuTaken = (sku: string, path: string[]) => ({
  __typename: 'SkuTaken',
  code: 'SKU_TAKEN',
  message: `"${sku}" is taken.`,
  path,
  sku,
});
