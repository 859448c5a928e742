import { Prisma, type Database } from '@storegraph/catalog-db';
import type { Category } from './category.js';
import type { SubtreeMove } from './nested-set.js';

export type { Database } from '@storegraph/catalog-db';

/** Every change of the tree's shape holds this lock: the numbers of the whole table move together. */
const TREE_LOCK = 7_304_113;

/** What one answer shows of the tree at most. */
const MOST_CATEGORIES = 1_000;

const COLUMNS = Prisma.sql`c.id, c.slug, c.name, c.description, c.parent_id AS "parentId", c.lft, c.rgt, c.depth,
  c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;

export function findCategoriesByIds(db: Database, ids: readonly string[]): Promise<Category[]> {
  return db.category.findMany({ where: { id: { in: [...ids] } } });
}

export function findCategoriesBySlugs(db: Database, slugs: readonly string[]): Promise<Category[]> {
  return db.category.findMany({ where: { slug: { in: [...slugs] } } });
}

export function findChildren(db: Database, parentIds: readonly string[]): Promise<Category[]> {
  return db.category.findMany({ where: { parentId: { in: [...parentIds] } }, orderBy: { lft: 'asc' } });
}

/** The ancestors of each category, outermost first. */
export function findAncestors(
  db: Database,
  ids: readonly string[],
): Promise<(Category & { descendantId: string })[]> {
  return db.$queryRaw`
    SELECT of.id AS "descendantId", ${COLUMNS}
    FROM categories of JOIN categories c ON c.lft < of.lft AND c.rgt > of.rgt
    WHERE of.id = ANY (${[...ids]}::text[]) ORDER BY of.id, c.lft`;
}

/** The whole tree down to a depth, in reading order. */
export function findTree(db: Database, maxDepth: number): Promise<Category[]> {
  return db.category.findMany({
    where: { depth: { lte: maxDepth } },
    orderBy: { lft: 'asc' },
    take: MOST_CATEGORIES,
  });
}

/** Everything below each category in reading order; one range scan each, one statement for all. */
export function findSubtrees(
  db: Database,
  ids: readonly string[],
): Promise<(Category & { ancestorId: string })[]> {
  return db.$queryRaw`
    SELECT of.id AS "ancestorId", ${COLUMNS}
    FROM categories of JOIN categories c ON c.lft > of.lft AND c.lft < of.rgt
    WHERE of.id = ANY (${[...ids]}::text[]) ORDER BY of.id, c.lft LIMIT ${MOST_CATEGORIES}`;
}

/** How many products shoppers find in each category and below it. */
export function countProducts(
  db: Database,
  ids: readonly string[],
): Promise<{ categoryId: string; count: number }[]> {
  return db.$queryRaw`
    WITH own AS (
      SELECT category_id, count(*) AS count FROM products WHERE listed AND category_id IS NOT NULL GROUP BY category_id
    )
    SELECT of.id AS "categoryId", sum(own.count)::int AS count
    FROM categories of JOIN categories c ON c.lft BETWEEN of.lft AND of.rgt JOIN own ON own.category_id = c.id
    WHERE of.id = ANY (${[...ids]}::text[]) GROUP BY of.id`;
}

/** Waits until nobody else changes the tree, until the transaction ends. */
export async function lockTree(db: Database): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${TREE_LOCK}::bigint)`;
}

/** The number a new root would begin with. */
export async function endOfTree(db: Database): Promise<number> {
  const [row] = await db.$queryRaw<{ next: number }[]>`
    SELECT coalesce(max(rgt), 0) + 1 AS next FROM categories`;
  return row?.next ?? 1;
}

/** Makes room for `categories` more categories before a number. */
export async function openGap(db: Database, before: number, categories: number): Promise<void> {
  const width = categories * 2;
  await db.$executeRaw`
    UPDATE categories SET lft = CASE WHEN lft >= ${before} THEN lft + ${width} ELSE lft END, rgt = rgt + ${width}
    WHERE rgt >= ${before}`;
}

export async function insertCategories(db: Database, categories: readonly Category[]): Promise<void> {
  if (categories.length > 0) await db.category.createMany({ data: [...categories] });
}

export function updateCategory(
  db: Database,
  id: string,
  change: Partial<Pick<Category, 'slug' | 'name' | 'description' | 'parentId'>> & { updatedAt: Date },
): Promise<Category> {
  return db.category.update({ where: { id }, data: { ...change, version: { increment: 1 } } });
}

/** Renumbers the tree for a subtree that moves, in one statement. */
export async function renumber(db: Database, move: SubtreeMove): Promise<void> {
  const { from, to, by, deeper, gapFrom, gapTo, gapBy } = move;
  const moved = (column: Prisma.Sql) => Prisma.sql`CASE
    WHEN ${column} BETWEEN ${from} AND ${to} THEN ${column} + ${by}
    WHEN ${column} BETWEEN ${gapFrom} AND ${gapTo} THEN ${column} + ${gapBy} ELSE ${column} END`;
  await db.$executeRaw`
    UPDATE categories SET lft = ${moved(Prisma.sql`lft`)}, rgt = ${moved(Prisma.sql`rgt`)},
      depth = CASE WHEN lft BETWEEN ${from} AND ${to} THEN depth + ${deeper} ELSE depth END
    WHERE lft BETWEEN ${Math.min(from, gapFrom)} AND ${Math.max(to, gapTo)}
      OR rgt BETWEEN ${Math.min(from, gapFrom)} AND ${Math.max(to, gapTo)}`;
}

/** Lets the text search find the category's products by its new name. */
export async function addCategoryKeywords(
  db: Database,
  category: { id: string; keywords: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE products SET keywords = ${category.keywords} || ' ' || keywords WHERE category_id = ${category.id}`;
}
