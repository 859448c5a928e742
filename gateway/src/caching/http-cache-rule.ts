import type { CacheRule } from '../http/graphql-route.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { cachePolicyOf } from './cache-policy.js';

/**
 * What caches on the way may do with the answer to a `GET`: keep it, for everyone or for the one who asked, and ask
 * each time whether it still holds. They hear of no changes, so an age would promise what nobody can hold.
 */
export function cacheRuleOf(supergraph: LoadedSupergraph): CacheRule {
  const known = new WeakMap<object, string>();
  return ({ ready }) => {
    if (!ready) return 'no-store';
    const rule = known.get(ready.prepared) ?? ruleFor(ready.prepared, supergraph);
    known.set(ready.prepared, rule);
    return rule;
  };
}

function ruleFor(...asked: Parameters<typeof cachePolicyOf>): string {
  const { maxAgeSeconds, scope } = cachePolicyOf(...asked);
  return maxAgeSeconds > 0 && scope === 'PUBLIC' ? 'public, no-cache' : 'private, no-cache';
}
