import type { Viewer } from '@storegraph/identity';
import type { CachePolicy } from './cache-policy.js';

/** Everyone who only shops: subgraphs show them what they show a guest, wherever a hint says `PUBLIC`. */
export const SHOPPERS = 'shoppers';

/**
 * Who shares answers with the viewer. Sellers and staff see drafts and other things that are not out yet, under the same
 * fields, so each of them shares with nobody; what they may do is part of the class, for it can change.
 */
export function viewerClassOf(viewer: Viewer, scope: CachePolicy['scope']): string {
  if (viewer.kind === 'anonymous') return SHOPPERS;
  if (viewer.kind === 'service') return `service ${viewer.name}`;
  const { id, role, scopes, sellerId } = viewer;
  const merelyShops = role === 'customer' && scopes.length === 0 && sellerId === null;
  if (scope === 'PUBLIC' && merelyShops) return SHOPPERS;
  return `user ${id} ${role} ${sellerId ?? '-'} ${scopes.join('+')}`;
}
