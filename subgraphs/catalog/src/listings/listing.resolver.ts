import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { connectionFrom, pageOf, type Page } from '@storegraph/connection';
import { isStaff, type Viewer } from '@storegraph/identity';
import { CacheControl, ConnectionSize, Cost, Public, refuse, SlicedSize } from '@storegraph/subgraph-server';
import { BrandType } from '../brands/brand.type.js';
import { CategoryType } from '../categories/category.type.js';
import type { Context } from '../context.js';
import { ProductType } from '../products/product.type.js';
import { Seller } from '../references/seller.type.js';
import { readFilter } from './listing-input.js';
import { OwnedProductsArguments, ProductConnection, ProductsArguments } from './listing.type.js';
import {
  effectiveSort,
  EVERYTHING,
  isPositionOf,
  positionOf,
  textQuery,
  type ListedProduct,
  type ProductFilter,
  type ProductSort,
} from './product-list.js';

const POSITION_PARTS = 3;

@Resolver()
export class ListingResolver {
  @Public()
  @Cost(5)
  @ConnectionSize()
  @CacheControl({ maxAge: 60 })
  @Query(() => ProductConnection, { description: 'Products, filtered and sorted.' })
  async products(@Args(() => ProductsArguments) args: ProductsArguments, @Ctx() context: Context) {
    const { loaders, deps, viewer } = context;
    const read = readFilter(args.filter, deps.currency);
    if (!read.ok) refuse('BAD_USER_INPUT', `filter.${read.field}: ${read.message}`, { field: read.field });
    requireStatus(viewer, read.filter);
    const query = read.filter.query === null ? null : textQuery(read.filter.query);
    const sort = effectiveSort(args.sort, query);
    const page = pageIn(args, sort);
    const rows = await loaders.products.load(read.filter, { sort, page });
    return listOf(rows, { page, sort, filter: read.filter }, loaders);
  }

  @Public()
  @SlicedSize()
  @Query(() => [ProductType], { description: 'What the shop shows off, the newest first.' })
  featuredProducts(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, at most 100.' }) first: number,
    @Ctx() context: Context,
  ) {
    return newest(first, true, context);
  }

  @Public()
  @SlicedSize()
  @Query(() => [ProductType], { description: 'What is new in the shop, the newest first.' })
  newArrivals(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, at most 100.' }) first: number,
    @Ctx() context: Context,
  ) {
    return newest(first, null, context);
  }

  @Public()
  @Cost(2)
  @CacheControl({ maxAge: 60 })
  @Query(() => [String], { description: 'What somebody may look for who has typed this.' })
  async searchSuggestions(
    @Arg('prefix', () => String, { description: 'What has been typed so far, at most 100 characters.' })
    prefix: string,
    @Arg('first', () => Int, { defaultValue: 8, description: 'How many, at most 100.' }) first: number,
    @Ctx() { loaders }: Context,
  ): Promise<string[]> {
    const typed = prefix.trim().slice(0, 100);
    const page = pageOf({ first }, POSITION_PARTS);
    return textQuery(typed) === null ? [] : loaders.products.suggestions(typed, page.first);
  }
}

@Resolver(() => CategoryType)
export class CategoryProductsResolver {
  @ConnectionSize()
  @FieldResolver(() => ProductConnection, { description: 'What shoppers find in it and below it.' })
  products(
    @Root() { id }: CategoryType,
    @Args(() => OwnedProductsArguments) args: OwnedProductsArguments,
    @Ctx() { loaders }: Context,
  ) {
    return ownedList(args, { load: loaders.productsOf.category, id, filter: { categoryId: id } }, loaders);
  }
}

@Resolver(() => BrandType)
export class BrandProductsResolver {
  @ConnectionSize()
  @FieldResolver(() => ProductConnection, { description: 'What shoppers find of it.' })
  products(
    @Root() { id }: BrandType,
    @Args(() => OwnedProductsArguments) args: OwnedProductsArguments,
    @Ctx() { loaders }: Context,
  ) {
    return ownedList(args, { load: loaders.productsOf.brand, id, filter: { brandIds: [id] } }, loaders);
  }
}

@Resolver(() => Seller)
export class SellerProductsResolver {
  @ConnectionSize()
  @FieldResolver(() => ProductConnection, {
    nullable: true,
    description: 'What shoppers find of this seller.',
  })
  products(
    @Root() { id }: Seller,
    @Args(() => OwnedProductsArguments) args: OwnedProductsArguments,
    @Ctx() { loaders }: Context,
  ) {
    return ownedList(args, { load: loaders.productsOf.seller, id, filter: { sellerId: id } }, loaders);
  }
}

type Loaders = Context['loaders'];

function newest(first: number, featured: true | null, { loaders }: Context): Promise<ListedProduct[]> {
  const page = pageOf({ first }, POSITION_PARTS);
  return loaders.products.newest(page, { featured }).then((rows) => rows.slice(0, first));
}

async function ownedList(
  args: OwnedProductsArguments,
  of: { load: Loaders['productsOf']['brand']; id: string; filter: Partial<ProductFilter> },
  loaders: Loaders,
) {
  const sort = effectiveSort(args.sort, null);
  const page = pageIn(args, sort);
  const rows = await of.load({ sort, page }, of.id);
  return listOf(rows, { page, sort, filter: { ...EVERYTHING, ...of.filter } }, loaders);
}

function pageIn(args: { first: number; after?: string | null }, sort: ProductSort): Page {
  const page = pageOf(args, POSITION_PARTS);
  if (page.after && !isPositionOf(page.after, sort))
    refuse('BAD_USER_INPUT', '"after" is a cursor of a list in another order', { field: 'after' });
  return page;
}

/** A connection that counts and gathers facets only when asked to. */
function listOf(
  rows: readonly ListedProduct[],
  { page, sort, filter }: { page: Page; sort: ProductSort; filter: ProductFilter },
  { products }: Loaders,
) {
  return {
    ...connectionFrom(rows, page, (product) => positionOf(product, sort)),
    get totalCount() {
      return products.count(filter);
    },
    get facets() {
      return products.facets(filter);
    },
  };
}

/** What is not public is listed for staff, and for a seller among their own. */
function requireStatus(viewer: Viewer, { status, sellerId }: ProductFilter): void {
  if (status === null) return;
  const isOwn = viewer.kind === 'user' && viewer.sellerId !== null && viewer.sellerId === sellerId;
  const isAllowed = viewer.kind === 'service' || (viewer.kind === 'user' && (isStaff(viewer.role) || isOwn));
  if (!isAllowed) refuse('FORBIDDEN', 'Only staff and sellers, among their own, list products by status.');
}
