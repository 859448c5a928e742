import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import { connectionFrom, ConnectionArguments, pageOf } from '@storegraph/connection';
import {
  CacheControl,
  checkInput,
  conflict,
  ConnectionSize,
  notFound,
  Public,
  refuse,
  RequiresScopes,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { idOf, line, orNull, slugText } from '../input-rules.js';
import { slugTaken } from '../taken.type.js';
import { BrandConnection, BrandType, SaveBrandInput, SaveBrandResult } from './brand.type.js';
import { saveBrand } from './save-brand.action.js';

const savedBrand = z.object({
  id: orNull(idOf('brand', 'brand')),
  expectedVersion: orNull(z.int()),
  name: line(1, 255),
  slug: orNull(slugText),
  description: z.string().max(5_000, 'has at most 5,000 characters').nullish(),
});

@Resolver(() => BrandType)
export class BrandResolver {
  @Public()
  @Query(() => BrandType, { nullable: true, description: 'One brand, by id or slug.' })
  brand(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('slug', () => String, { nullable: true, description: 'Its name in addresses.' }) slug: string | null,
    @Ctx() { loaders }: Context,
  ) {
    if ((id == null) === (slug == null)) refuse('BAD_USER_INPUT', 'Give either "id" or "slug".');
    return id == null ? loaders.brandBySlug.load(String(slug)) : loaders.brand.load(id);
  }

  @Public()
  @ConnectionSize()
  @CacheControl({ maxAge: 300 })
  @Query(() => BrandConnection, { description: 'All brands, by name.' })
  async brands(@Args(() => ConnectionArguments) args: ConnectionArguments, @Ctx() { loaders }: Context) {
    const page = pageOf(args, 2);
    return connectionFrom(await loaders.brands.load(page), page, ({ name, id }) => [name, id]);
  }

  @RequiresScopes([['catalog:write']])
  @Mutation(() => SaveBrandResult, { description: 'Create a brand, or change one.' })
  async saveBrand(
    @Arg('input', () => SaveBrandInput, { description: 'The brand.' }) input: SaveBrandInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(savedBrand, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveBrand(deps, checked.value);
    switch (outcome.kind) {
      case 'saved':
        return { __typename: 'SaveBrandSuccess', brand: outcome.brand };
      case 'not-found':
        return notFound(['input', 'id'], 'There is no such brand.');
      case 'conflict':
        return conflict(['input', 'expectedVersion'], 'The brand has changed.', outcome.currentVersion);
      case 'slug-taken':
        return slugTaken(outcome.slug);
    }
  }
}
