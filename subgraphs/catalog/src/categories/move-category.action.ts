import type { Deps, Transaction } from '../context.js';
import { announceCategory } from './announce-category.action.js';
import type { Category } from './category.js';
import {
  endOfTree,
  findCategoriesByIds,
  findChildren,
  findTree,
  lockTree,
  renumber,
  updateCategory,
} from './category.store.js';
import { isWithin, moveSubtree } from './nested-set.js';

export type MoveCategoryOutcome =
  | { kind: 'moved'; category: Category }
  | { kind: 'not-found' }
  | { kind: 'no-parent' }
  | { kind: 'into-itself' }
  | { kind: 'conflict'; currentVersion: number };

/**
 * Moves a category with everything below it.
 *
 * @param input.parentId the new parent, null for the top
 * @param input.position its place among its new siblings, 0 for the first; beyond the last is last
 */
export async function moveCategory(
  deps: Deps,
  input: { id: string; parentId: string | null; position: number; expectedVersion: number | null },
): Promise<MoveCategoryOutcome> {
  const { id, parentId, position, expectedVersion } = input;
  return deps.prisma.$transaction(async (tx) => {
    await lockTree(tx);
    const [node] = await findCategoriesByIds(tx, [id]);
    const [parent = null] = parentId ? await findCategoriesByIds(tx, [parentId]) : [];
    if (!node) return { kind: 'not-found' };
    if (parentId && !parent) return { kind: 'no-parent' };
    if (parent && isWithin(parent, node)) return { kind: 'into-itself' };
    if (expectedVersion !== null && expectedVersion !== node.version)
      return { kind: 'conflict', currentVersion: node.version };
    const before = await placeAmong(tx, { parent, position, node });
    await renumber(tx, moveSubtree(node, before, parent ? parent.depth + 1 : 0));
    const category = await updateCategory(tx, id, { parentId, updatedAt: deps.now() });
    await announceCategory(tx, id);
    return { kind: 'moved', category };
  });
}

/** The number to stand before: that of the sibling at the position, or the end of the parent. */
async function placeAmong(
  tx: Transaction,
  { parent, position, node }: { parent: Category | null; position: number; node: Category },
): Promise<number> {
  const children = parent ? await findChildren(tx, [parent.id]) : await findTree(tx, 0);
  const siblings = children.filter(({ id }) => id !== node.id);
  return siblings[position]?.lft ?? parent?.rgt ?? endOfTree(tx);
}
