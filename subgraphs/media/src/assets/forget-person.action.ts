import { releaseBlobs } from '../blobs/keep-blob.action.js';
import type { Deps, Transaction } from '../context.js';
import { forgetUploads } from '../uploads/forget-uploads.action.js';
import { disownAssets, findPersonalAssets } from './asset.store.js';
import { removeAssets } from './delete-asset.action.js';

/** Deletes what a person uploaded about themselves; pictures they uploaded for products stay, without their name. */
export async function forgetPerson(
  deps: Pick<Deps, 'config' | 'now'>,
  tx: Transaction,
  userId: string,
): Promise<void> {
  await releaseBlobs(tx, await forgetUploads(tx, userId), deps.now());
  await removeAssets(deps, tx, await findPersonalAssets(tx, userId));
  await disownAssets(tx, userId);
}
