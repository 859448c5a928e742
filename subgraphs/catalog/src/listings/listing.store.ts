import { Prisma, type Database } from '@storegraph/catalog-db';
import type { Page } from '@storegraph/connection';
import { PRODUCT_COLUMNS } from '../products/product.js';
import { conditionsOf, searchOf } from './listing-conditions.store.js';
import { ProductSort, textQuery, type ListedProduct, type ProductFilter } from './product-list.js';

export type { Database } from '@storegraph/catalog-db';

/** One page of a list in one order. */
export type ListPart = { readonly sort: ProductSort; readonly page: Page };

const COLUMNS = Prisma.raw(PRODUCT_COLUMNS);

type Order = { key: Prisma.Sql; type: Prisma.Sql; isDescending: boolean };

const order = (key: string, type: string, isDescending: boolean): Order => ({
  key: Prisma.raw(key),
  type: Prisma.raw(type),
  isDescending,
});

/** What each order sorts by; the id breaks ties in the same direction. One index of `products` each. */
const ORDERS: Readonly<Record<Exclude<ProductSort, ProductSort.RELEVANCE>, Order>> = {
  [ProductSort.NEWEST]: order('p.created_at', 'timestamptz', true),
  [ProductSort.PRICE_ASC]: order('p.price_min_minor', 'bigint', false),
  [ProductSort.PRICE_DESC]: order('p.price_min_minor', 'bigint', true),
  [ProductSort.NAME]: order('lower(p.name)', 'text', false),
  [ProductSort.BEST_SELLING]: order('p.units_sold', 'int', true),
  [ProductSort.TOP_RATED]: order('p.rating', 'double precision', true),
};

function orderOf(sort: ProductSort, query: string | null): Order {
  if (sort !== ProductSort.RELEVANCE) return ORDERS[sort];
  if (query === null) return ORDERS[ProductSort.BEST_SELLING];
  const key = Prisma.sql`ts_rank(p.search, ${searchOf(query)})::double precision`;
  return { key, type: Prisma.raw('double precision'), isDescending: true };
}

/** Keyset, never OFFSET: where the page begins, and how it is sorted. */
function seek({ key, type, isDescending }: Order, { after }: Page) {
  const direction = isDescending ? Prisma.raw('DESC') : Prisma.raw('ASC');
  const comparison = isDescending ? Prisma.raw('<') : Prisma.raw('>');
  const position = after
    ? Prisma.sql`AND (${key}, p.id) ${comparison} (${after[1]}::${type}, ${after[2]})`
    : Prisma.empty;
  return { position, direction };
}

/** One page of products, and one product more to tell whether others follow. */
export function findProductPage(
  db: Database,
  filter: ProductFilter,
  { sort, page }: ListPart,
): Promise<ListedProduct[]> {
  const by = orderOf(sort, filter.query === null ? null : textQuery(filter.query));
  const where = Prisma.join(conditionsOf(filter), ' AND ');
  if (filter.categoryId !== null || filter.brandIds.length > 0)
    return db.$queryRaw<ListedProduct[]>(sortedLast(where, by, page));
  const { position, direction } = seek(by, page);
  return db.$queryRaw<ListedProduct[]>`
    SELECT ${COLUMNS}, ${by.key}::text AS "sortKey" FROM products p WHERE ${where} ${position}
    ORDER BY ${by.key} ${direction}, p.id ${direction} LIMIT ${page.first + 1}`;
}

/**
 * A page of what lies together in an index, such as a category: all of it is looked at in the index, sorted, and only
 * the page is read from the table. Left to itself the planner walks the index of the order and hopes that enough of
 * the category comes by soon, which among the dear goods of a cheap shop it does not.
 */
function sortedLast(where: Prisma.Sql, by: Order, page: Page): Prisma.Sql {
  const { position, direction } = seek(by, page);
  return Prisma.sql`
    WITH fitting AS MATERIALIZED (SELECT p.id, ${by.key} AS key FROM products p WHERE ${where} ${position})
    SELECT ${COLUMNS}, page.key::text AS "sortKey"
    FROM (SELECT id, key FROM fitting ORDER BY key ${direction}, id ${direction} LIMIT ${page.first + 1}) AS page
    JOIN products p ON p.id = page.id ORDER BY page.key ${direction}, p.id ${direction}`;
}

/** Whose lists of products there are. */
export type ListOwner = 'category' | 'brand' | 'seller';

const OWNED: Readonly<Record<ListOwner, Prisma.Sql>> = {
  category: Prisma.sql`p.category_id = ANY (ARRAY(
    SELECT d.id FROM categories c JOIN categories d ON d.lft BETWEEN c.lft AND c.rgt WHERE c.id = wanted.owner_id))`,
  brand: Prisma.sql`p.brand_id = wanted.owner_id`,
  seller: Prisma.sql`p.seller_id = wanted.owner_id`,
};

/** One page for each owner, all owners in one statement. */
export function findPagesByOwners(
  db: Database,
  owners: { readonly kind: ListOwner; readonly ids: readonly string[] },
  { sort, page }: ListPart,
): Promise<(ListedProduct & { ownerId: string })[]> {
  const pageOfOwner = sortedLast(Prisma.sql`p.listed AND ${OWNED[owners.kind]}`, orderOf(sort, null), page);
  return db.$queryRaw`
    SELECT wanted.owner_id AS "ownerId", page.* FROM unnest(${[...owners.ids]}::text[]) AS wanted (owner_id)
    CROSS JOIN LATERAL (${pageOfOwner}) AS page`;
}

export async function countProducts(db: Database, filter: ProductFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM products p WHERE ${Prisma.join(conditionsOf(filter), ' AND ')}`;
  return row?.count ?? 0;
}

/**
 * What a shopper may mean who has typed the beginning of something: names of products, brands and categories that
 * begin so, then products in which a word does.
 */
export async function findSuggestions(db: Database, typed: string, first: number): Promise<string[]> {
  const beginning = `${typed.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const words = textQuery(typed);
  const rows = await db.$queryRaw<{ name: string }[]>`
    (SELECT name FROM categories WHERE lower(name) LIKE ${beginning} ORDER BY depth, name LIMIT 3)
    UNION ALL (SELECT name FROM brands WHERE lower(name) LIKE ${beginning} ORDER BY name LIMIT 3)
    UNION ALL (SELECT p.name FROM products p WHERE p.listed AND lower(p.name) LIKE ${beginning} LIMIT ${first})
    UNION ALL (SELECT f.name FROM (
      SELECT p.name, p.units_sold FROM products p
      WHERE p.listed AND p.search @@ ${searchOf(words ?? '')} LIMIT 200
    ) AS f ORDER BY f.units_sold DESC LIMIT ${first})`;
  return [...new Set(rows.map(({ name }) => name))].slice(0, first);
}
