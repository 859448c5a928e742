import type { Deps } from '../context.js';
import { findUnusedAssets } from './asset.store.js';
import { removeAssets } from './delete-asset.action.js';

const UNUSED_MILLIS = 7 * 86_400_000; // a week, in which a mistake can be undone
const AT_ONCE = 100;

/** Deletes pictures of products, people and brands that nothing has shown for a week. */
export async function sweepAssets(deps: Deps): Promise<void> {
  const since = new Date(deps.now().getTime() - UNUSED_MILLIS);
  for (let swept = AT_ONCE; swept === AT_ONCE;) {
    swept = await deps.prisma.$transaction(async (tx) => {
      const ids = await findUnusedAssets(tx, { since, limit: AT_ONCE });
      await removeAssets(deps, tx, ids);
      return ids.length;
    });
  }
}
