import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import {
  AssumedSize,
  CacheControl,
  checkInput,
  conflict,
  Cost,
  invalidInput,
  notFound,
  Public,
  refuse,
  RequiresScopes,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { idOf, line, orNull, slugText, whole } from '../input-rules.js';
import { slugTaken } from '../taken.type.js';
import type { Category } from './category.js';
import {
  CategoryType,
  MoveCategoryInput,
  MoveCategoryResult,
  SaveCategoryInput,
  SaveCategoryResult,
} from './category.type.js';
import { moveCategory } from './move-category.action.js';
import { saveCategory } from './save-category.action.js';

const savedCategory = z.object({
  id: orNull(idOf('category', 'category')),
  expectedVersion: orNull(z.int()),
  name: line(1, 255),
  slug: orNull(slugText),
  description: z.string().max(5_000, 'has at most 5,000 characters').nullish(),
  parentId: orNull(idOf('category', 'category')),
});

const movedCategory = z.object({
  id: idOf('category', 'category'),
  parentId: orNull(idOf('category', 'category')),
  position: whole(0, 100_000),
  expectedVersion: orNull(z.int()),
});

const NO_SUCH_CATEGORY = notFound(['input', 'id'], 'There is no such category.');
const NO_SUCH_PARENT = notFound(['input', 'parentId'], 'There is no such category.');
const changed = (version: number) =>
  conflict(['input', 'expectedVersion'], 'Somebody has changed the category since you looked.', version);

@Resolver(() => CategoryType)
export class CategoryResolver {
  @Public()
  @Query(() => CategoryType, { nullable: true, description: 'One category, by id or slug.' })
  category(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('slug', () => String, { nullable: true, description: 'Its name in addresses.' }) slug: string | null,
    @Ctx() { loaders }: Context,
  ) {
    if ((id == null) === (slug == null)) refuse('BAD_USER_INPUT', 'Give either "id" or "slug".');
    return id == null ? loaders.categoryBySlug.load(String(slug)) : loaders.category.load(id);
  }

  @Public()
  @AssumedSize(100)
  @Query(() => [CategoryType], {
    description: 'The tree of categories in reading order: each parent before its children; at most 1,000.',
  })
  async categories(
    @Arg('parentId', () => ID, {
      nullable: true,
      description: 'Only what lies below this category; the whole tree unless given.',
    })
    parentId: string | null,
    @Arg('maxDepth', () => Int, { defaultValue: 100, description: 'Only categories of at most this depth.' })
    maxDepth: number,
    @Ctx() { loaders }: Context,
  ): Promise<Category[]> {
    if (parentId == null) return loaders.categoryTree.load(maxDepth);
    return (await loaders.subtreeOfCategory.load(parentId)).filter(({ depth }) => depth <= maxDepth);
  }

  @FieldResolver(() => CategoryType, {
    nullable: true,
    description: 'The category it lies in; null at the top.',
  })
  parent(@Root() { parentId }: Category, @Ctx() { loaders }: Context) {
    return parentId && loaders.category.load(parentId);
  }

  @AssumedSize(20)
  @FieldResolver(() => [CategoryType], { description: 'The categories right below it, in order.' })
  children(@Root() { id }: Category, @Ctx() { loaders }: Context) {
    return loaders.childrenOfCategory.load(id);
  }

  @AssumedSize(5)
  @FieldResolver(() => [CategoryType], { description: 'The way down to it, from the top; without itself.' })
  ancestors(@Root() { id, depth }: Category, @Ctx() { loaders }: Context) {
    return depth === 0 ? [] : loaders.ancestorsOfCategory.load(id);
  }

  @AssumedSize(50)
  @FieldResolver(() => [CategoryType], {
    description: 'Everything below it in reading order; at most 1,000.',
  })
  subtree(@Root() { id, lft, rgt }: Category, @Ctx() { loaders }: Context) {
    return rgt === lft + 1 ? [] : loaders.subtreeOfCategory.load(id);
  }

  @Cost(5)
  // Products come and go without news of their categories.
  @CacheControl({ maxAge: 30 })
  @FieldResolver(() => Int, { description: 'How many products shoppers find in it and below it.' })
  async productCount(@Root() { id }: Category, @Ctx() { loaders }: Context) {
    return (await loaders.productCountOfCategory.load(id))?.count ?? 0;
  }

  @RequiresScopes([['catalog:write']])
  @Mutation(() => SaveCategoryResult, { description: 'Create a category, or change one where it stands.' })
  async saveCategory(
    @Arg('input', () => SaveCategoryInput, { description: 'The category.' }) input: SaveCategoryInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(savedCategory, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveCategory(deps, checked.value);
    switch (outcome.kind) {
      case 'saved':
        return { __typename: 'SaveCategorySuccess', category: outcome.category };
      case 'not-found':
        return NO_SUCH_CATEGORY;
      case 'no-parent':
        return NO_SUCH_PARENT;
      case 'conflict':
        return changed(outcome.currentVersion);
      case 'slug-taken':
        return slugTaken(outcome.slug);
    }
  }

  @RequiresScopes([['catalog:write']])
  @Mutation(() => MoveCategoryResult, { description: 'Move a category with everything below it.' })
  async moveCategory(
    @Arg('input', () => MoveCategoryInput, { description: 'Where it goes.' }) input: MoveCategoryInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(movedCategory, input);
    if (!checked.ok) return checked.problem;
    const outcome = await moveCategory(deps, checked.value);
    switch (outcome.kind) {
      case 'moved':
        return { __typename: 'MoveCategorySuccess', category: outcome.category };
      case 'not-found':
        return NO_SUCH_CATEGORY;
      case 'no-parent':
        return NO_SUCH_PARENT;
      case 'into-itself':
        return invalidInput(
          ['input', 'parentId'],
          'A category does not go into itself or what lies below it.',
        );
      case 'conflict':
        return changed(outcome.currentVersion);
    }
  }
}
