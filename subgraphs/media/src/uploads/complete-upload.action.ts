import type { Asset } from '../assets/asset.js';
import { createAsset, loadAsset } from '../assets/create-asset.action.js';
import type { Deps } from '../context.js';
import { acceptedType } from './accepted-type.js';
import { isForEveryone, UploadStatus } from './upload.js';
import { lockUpload, markCompleted } from './upload.store.js';

export type CompleteUploadOutcome =
  | { kind: 'completed'; asset: Asset }
  | { kind: 'not-found' }
  | { kind: 'not-uploaded' }
  | { kind: 'expired' };

/**
 * Makes an asset of a file that has arrived. Completing again answers the same asset; `asset.ready` is announced
 * once.
 */
export async function completeUpload(
  deps: Deps,
  input: { uploadId: string; ownerId: string; alt: string | null },
): Promise<CompleteUploadOutcome> {
  const now = deps.now();
  return deps.prisma.$transaction(async (tx) => {
    const upload = await lockUpload(tx, { id: input.uploadId, ownerId: input.ownerId });
    if (!upload) return { kind: 'not-found' };
    if (upload.status === UploadStatus.COMPLETED) {
      const asset = await loadAsset(tx, upload.assetId ?? '');
      return asset ? { kind: 'completed', asset } : { kind: 'not-found' };
    }
    const accepted = acceptedType(upload.purpose, upload.mimeType);
    if (!upload.stored || !accepted)
      return upload.expiresAt <= now ? { kind: 'expired' } : { kind: 'not-uploaded' };
    const asset = await createAsset(tx, {
      ...upload.stored,
      kind: accepted.kind,
      ownerId: upload.ownerId,
      purpose: upload.purpose,
      isPublic: isForEveryone(upload.purpose),
      mimeType: upload.mimeType,
      alt: input.alt,
      now,
    });
    await markCompleted(tx, upload.id, asset.id);
    return { kind: 'completed', asset };
  });
}
