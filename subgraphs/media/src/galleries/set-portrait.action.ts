import { brandLogoSet, publish } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import { lockCandidates, replaceAvatar, replaceBrandLogo } from './gallery.store.js';
import { mayPortray, type Curator, type ShowProblem } from './gallery.js';

export type SetPortraitOutcome = { kind: 'set' } | { kind: 'refused'; problem: ShowProblem };

/** Makes a picture the portrait of the person who asks, or removes theirs. */
export function setAvatar(
  deps: Deps,
  { assetId, curator }: { assetId: string | null; curator: Curator },
): Promise<SetPortraitOutcome> {
  const own = { ...curator, isStaff: false };
  return setPortrait(deps, { assetId, curator: own }, (tx) =>
    replaceAvatar(tx, { userId: curator.userId, assetId, now: deps.now() }),
  );
}

/** Makes a picture the logo of a brand, or removes it. */
export function setBrandLogo(
  deps: Deps,
  { brandId, assetId, curator }: { brandId: string; assetId: string | null; curator: Curator },
): Promise<SetPortraitOutcome> {
  return setPortrait(deps, { assetId, curator }, async (tx) => {
    await replaceBrandLogo(tx, { brandId, assetId, now: deps.now() });
    await publish(tx, brandLogoSet({ aggregateId: brandId, data: { brandId } }));
  });
}

function setPortrait(
  { prisma }: Deps,
  { assetId, curator }: { assetId: string | null; curator: Curator },
  replace: (tx: Transaction) => Promise<void>,
): Promise<SetPortraitOutcome> {
  return prisma.$transaction(async (tx) => {
    if (assetId) {
      const [asset] = await lockCandidates(tx, { assetIds: [assetId], productId: null });
      const problem = mayPortray(asset, curator);
      if (problem) return { kind: 'refused', problem };
    }
    await replace(tx);
    return { kind: 'set' };
  });
}
