import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CacheControl, Key, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { SlugTaken } from '../taken.type.js';
import { Conflict, InvalidInput, NotFound } from '../user-errors.type.js';

@CacheControl({ maxAge: 300 })
@Key('id')
@Key('slug')
@ObjectType('Category', { implements: NodeType, description: 'A department of the shop, in a tree of them.' })
export class CategoryType extends NodeType {
  @Field(() => String, { description: 'Names it in addresses.' })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What there is to say about it, as plain text.' })
  description!: string | null;

  @Field(() => Int, { description: 'How many categories it lies in; 0 at the top.' })
  depth!: number;

  @Field(() => Int, { description: 'Grows with every change; give it as `expectedVersion` when you save.' })
  version!: number;
}

@InputType({ description: 'A category to create or to change.' })
export class SaveCategoryInput {
  @Field(() => ID, { nullable: true, description: 'The category to change; none to create one.' })
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

  @Field(() => ID, {
    nullable: true,
    description:
      'Where a new category goes, last among its siblings; none for the top. To move one, moveCategory.',
  })
  parentId?: string | null;
}

@ObjectType({ description: 'The category is saved.' })
export class SaveCategorySuccess {
  @Field(() => CategoryType, { description: 'The category as it is now.' })
  category!: CategoryType;
}

export const SaveCategoryResult = resultUnion({
  name: 'SaveCategoryResult',
  description: 'What became of a category to save.',
  types: () => [SaveCategorySuccess, InvalidInput, NotFound, Conflict, SlugTaken] as const,
});

@InputType({ description: 'Where a category and everything below it goes.' })
export class MoveCategoryInput {
  @Field(() => ID, { description: 'The category.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Its new parent; none for the top.' })
  parentId?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'Its place among its new siblings, 0 for the first.' })
  position!: number;

  @Field(() => Int, { nullable: true, description: 'Refuse when it has another version than this.' })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The category has moved.' })
export class MoveCategorySuccess {
  @Field(() => CategoryType, { description: 'The category where it is now.' })
  category!: CategoryType;
}

export const MoveCategoryResult = resultUnion({
  name: 'MoveCategoryResult',
  description: 'What became of a category to move.',
  types: () => [MoveCategorySuccess, InvalidInput, NotFound, Conflict] as const,
});
