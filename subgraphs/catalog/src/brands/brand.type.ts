import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionType } from '@storegraph/connection';
import { CacheControl, Key, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { SlugTaken } from '../taken.type.js';
import { Conflict, InvalidInput, NotFound } from '../user-errors.type.js';

@CacheControl({ maxAge: 300 })
@Key('id')
@ObjectType('Brand', { implements: NodeType, description: 'Who makes products.' })
export class BrandType extends NodeType {
  @Field(() => String, { description: 'Names it in addresses.' })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What there is to say about it, as plain text.' })
  description!: string | null;

  @Field(() => Int, { description: 'Grows with every change; give it as `expectedVersion` when you save.' })
  version!: number;
}

export const { ConnectionType: BrandConnection } = connectionType(() => BrandType, {
  name: 'Brand',
  of: 'brands',
});

@InputType({ description: 'A brand to create or to change.' })
export class SaveBrandInput {
  @Field(() => ID, { nullable: true, description: 'The brand to change; none to create one.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'Refuse when it has another version than this.' })
  expectedVersion?: number | null;

  @Field(() => String, { description: 'Its name, 1 to 255 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Names it in addresses; made of the name unless given.',
  })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What there is to say about it, as plain text, at most 5,000 characters.',
  })
  description?: string | null;
}

@ObjectType({ description: 'The brand is saved.' })
export class SaveBrandSuccess {
  @Field(() => BrandType, { description: 'The brand as it is now.' })
  brand!: BrandType;
}

export const SaveBrandResult = resultUnion({
  name: 'SaveBrandResult',
  description: 'What became of a brand to save.',
  types: () => [SaveBrandSuccess, InvalidInput, NotFound, Conflict, SlugTaken] as const,
});
