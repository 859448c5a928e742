import { hasScopes, passesAtTheDoor, type Viewer } from '@storegraph/identity';
import type { AccessRule } from '../supergraph/access-rules.js';

/** Why a viewer may not see something; `null` when nothing here speaks against it. */
export type Verdict = 'UNAUTHENTICATED' | 'FORBIDDEN' | null;

/**
 * Decides a rule as far as it can be decided without the object. Ownership policies are only pre-checked:
 * the subgraph that holds the object decides them.
 */
function verdictOf(rule: AccessRule, viewer: Viewer): Verdict {
  const { authenticated, scopes, policies } = rule;
  const anonymous = viewer.kind === 'anonymous';
  if ((authenticated || scopes) && anonymous) return 'UNAUTHENTICATED';
  if (authenticated && viewer.kind !== 'user') return 'FORBIDDEN';
  if (scopes && !hasScopes(viewer, scopes)) return 'FORBIDDEN';
  if (policies && !passesAtTheDoor(viewer, policies)) return anonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  return null;
}

/** The first objection of several rules that must all hold. */
export function firstObjection(rules: readonly AccessRule[], viewer: Viewer): Verdict {
  for (const rule of rules) {
    const verdict = verdictOf(rule, viewer);
    if (verdict) return verdict;
  }
  return null;
}
