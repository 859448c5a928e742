import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import { announceCategory } from './announce-category.action.js';
import type { Category } from './category.js';
import { endOfTree, findCategoriesBySlugs, insertCategories, lockTree, openGap } from './category.store.js';

/** A category by name, under a parent named by its slug. */
export type WantedCategory = {
  readonly slug: string;
  readonly name: string;
  readonly description?: string | null;
  readonly parentSlug?: string | null;
};

/**
 * Makes sure categories with these slugs exist, parents before children; answers the id of each. Those that exist
 * stay where they are.
 */
export async function ensureCategories(
  tx: Transaction,
  wanted: readonly WantedCategory[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const slugs = wanted.map(({ slug }) => slug);
  const existing = new Map((await findCategoriesBySlugs(tx, slugs)).map(({ slug, id }) => [slug, id]));
  if (slugs.every((slug) => existing.has(slug))) return existing;
  await lockTree(tx);
  for (const category of wanted) await ensureOne(tx, category, now);
  return new Map((await findCategoriesBySlugs(tx, slugs)).map(({ slug, id }) => [slug, id]));
}

async function ensureOne(tx: Transaction, wanted: WantedCategory, now: Date): Promise<void> {
  const { slug, name, description = null, parentSlug = null } = wanted;
  const known = await findCategoriesBySlugs(tx, [slug, ...(parentSlug ? [parentSlug] : [])]);
  if (known.some((category) => category.slug === slug)) return;
  const parent: Category | null = known.find((category) => category.slug === parentSlug) ?? null;
  const lft = parent?.rgt ?? (await endOfTree(tx));
  if (parent) await openGap(tx, lft, 1);
  const place = { parentId: parent?.id ?? null, lft, rgt: lft + 1, depth: parent ? parent.depth + 1 : 0 };
  const id = newId('category');
  await insertCategories(tx, [
    { id, slug, name, description, ...place, version: 1, createdAt: now, updatedAt: now },
  ]);
  await announceCategory(tx, id);
}
