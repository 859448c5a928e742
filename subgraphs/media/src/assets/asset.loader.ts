import { isStaff, type Viewer } from '@storegraph/identity';
import { loadOne } from '@storegraph/subgraph-server';
import { maySee } from './asset.js';
import { findAssetsByIds, type Database } from './asset.store.js';

export function createAssetLoaders(db: Database, viewer: Viewer) {
  const person = {
    id: viewer.kind === 'user' ? viewer.id : null,
    isStaff: viewer.kind === 'user' && isStaff(viewer.role),
  };
  return {
    /** An asset the viewer may see. */
    asset: loadOne(
      async (ids) => (await findAssetsByIds(db, ids)).filter((asset) => maySee(asset, person)),
      (asset) => asset.id,
    ),
  };
}
