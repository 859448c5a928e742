import type { Category } from './category.js';

type Place = Pick<Category, 'lft' | 'rgt' | 'depth'>;

/** Numbers of a whole tree that move when a subtree does. All bounds are inclusive. */
export type SubtreeMove = {
  /** The subtree itself, and how far it goes. */
  readonly from: number;
  readonly to: number;
  readonly by: number;
  readonly deeper: number;
  /** What lies between its old and its new place, and how far that gives way. */
  readonly gapFrom: number;
  readonly gapTo: number;
  readonly gapBy: number;
};

/**
 * Where the numbers of a nested set go when a subtree moves.
 *
 * @param node the root of the subtree
 * @param before the number the subtree shall stand before, as the tree is numbered now; outside the subtree
 * @param depth the depth the node will have
 */
export function moveSubtree(node: Place, before: number, depth: number): SubtreeMove {
  const width = node.rgt - node.lft + 1;
  const isForward = before > node.rgt;
  return {
    from: node.lft,
    to: node.rgt,
    by: isForward ? before - node.rgt - 1 : before - node.lft,
    deeper: depth - node.depth,
    gapFrom: isForward ? node.rgt + 1 : before,
    gapTo: isForward ? before - 1 : node.lft - 1,
    gapBy: isForward ? -width : width,
  };
}

/** Whether one category lies in another's subtree, or is it. */
export function isWithin(inner: Pick<Place, 'lft' | 'rgt'>, outer: Pick<Place, 'lft' | 'rgt'>): boolean {
  return inner.lft >= outer.lft && inner.rgt <= outer.rgt;
}
