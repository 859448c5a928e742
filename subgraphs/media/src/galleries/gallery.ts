import { AssetKind, AssetStatus, type Asset } from '../assets/asset.js';

/** How much is shown of one product at most. */
export const MOST_SHOWN = 50;

/** Who wants to show assets: a person, who may act for a seller or for the shop. */
export type Curator = { readonly userId: string; readonly isStaff: boolean };

/** Why an asset cannot be shown; `null` when it can. */
export type ShowProblem = 'missing' | 'not-a-picture' | 'not-public';

/**
 * Whether somebody may put an asset into a product's gallery: their own, what is shown there already, and staff
 * anything the public may see. What is not theirs does not exist for them.
 */
export function mayShow(
  asset: (Asset & { isShown: boolean }) | undefined,
  curator: Curator,
): ShowProblem | null {
  if (!asset) return 'missing';
  const isTheirs = curator.isStaff || asset.isShown || asset.ownerId === curator.userId;
  if (!isTheirs) return 'missing';
  return asset.isPublic ? null : 'not-public';
}

/** Whether somebody may use an asset as a portrait or logo: a picture the shop keeps, of their own or the shop's. */
export function mayPortray(asset: Asset | undefined, curator: Curator): ShowProblem | null {
  if (!asset) return 'missing';
  if (asset.ownerId !== curator.userId && !curator.isStaff) return 'missing';
  if (asset.kind !== AssetKind.IMAGE || asset.status !== AssetStatus.READY) return 'not-a-picture';
  return asset.isPublic ? null : 'not-public';
}

/** What to say about a problem. */
export const PROBLEM_MESSAGES: Readonly<Record<ShowProblem, string>> = {
  missing: 'There is no such asset of yours.',
  'not-a-picture': 'It is not a picture the shop keeps.',
  'not-public': 'It was not uploaded to be shown.',
};
