import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { slugOf } from '../slug.js';
import { takenName } from '../taken-name.js';
import { announceCategory } from './announce-category.action.js';
import type { Category } from './category.js';
import {
  addCategoryKeywords,
  endOfTree,
  findCategoriesByIds,
  insertCategories,
  lockTree,
  openGap,
  updateCategory,
} from './category.store.js';

export type SaveCategoryOutcome =
  | { kind: 'saved'; category: Category }
  | { kind: 'not-found' }
  | { kind: 'no-parent' }
  | { kind: 'conflict'; currentVersion: number }
  | { kind: 'slug-taken'; slug: string };

type SavedCategory = {
  id: string | null;
  expectedVersion: number | null;
  name: string;
  slug: string | null;
  description?: string | null;
  /** Where a new category goes, last among its siblings; null for a root. */
  parentId: string | null;
};

/** Creates a category as the last child of its parent (without `id`), or changes one where it stands. */
export async function saveCategory(deps: Deps, input: SavedCategory): Promise<SaveCategoryOutcome> {
  const slug = input.slug ?? slugOf(input.name);
  try {
    return await (input.id ? changeCategory(deps, input.id, input) : createCategory(deps, slug, input));
  } catch (error) {
    if (takenName(error)) return { kind: 'slug-taken', slug };
    throw error;
  }
}

function createCategory(deps: Deps, slug: string, input: SavedCategory): Promise<SaveCategoryOutcome> {
  const { name, description = null, parentId } = input;
  const now = deps.now();
  return deps.prisma.$transaction(async (tx) => {
    await lockTree(tx);
    const [parent = null] = parentId ? await findCategoriesByIds(tx, [parentId]) : [];
    if (parentId && !parent) return { kind: 'no-parent' };
    const lft = parent?.rgt ?? (await endOfTree(tx));
    if (parent) await openGap(tx, lft, 1);
    const category: Category = {
      id: newId('category'),
      slug,
      name,
      description,
      parentId,
      lft,
      rgt: lft + 1,
      depth: parent ? parent.depth + 1 : 0,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await insertCategories(tx, [category]);
    await announceCategory(tx, category.id);
    return { kind: 'saved', category };
  });
}

function changeCategory(deps: Deps, id: string, input: SavedCategory): Promise<SaveCategoryOutcome> {
  const { name, description, expectedVersion } = input;
  return deps.prisma.$transaction(async (tx) => {
    await lockTree(tx);
    const [before] = await findCategoriesByIds(tx, [id]);
    if (!before) return { kind: 'not-found' };
    if (expectedVersion !== null && expectedVersion !== before.version)
      return { kind: 'conflict', currentVersion: before.version };
    const category = await updateCategory(tx, id, {
      name,
      slug: input.slug ?? before.slug,
      description: description === undefined ? before.description : description,
      updatedAt: deps.now(),
    });
    if (category.name !== before.name) await addCategoryKeywords(tx, { id, keywords: name });
    await announceCategory(tx, id);
    return { kind: 'saved', category };
  });
}
