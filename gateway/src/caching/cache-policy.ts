import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import type { SelectedOperation } from '../planning/select-operation.js';
import type { AccessRules } from '../supergraph/access-rules.js';
import type { CacheHint, CacheHints } from './cache-hints.js';

/** How long the answer of an operation may be kept, and for whom. */
export type CachePolicy = {
  /** 0: not at all. */
  readonly maxAgeSeconds: number;
  /** `PUBLIC`: the same for all who shop; `PRIVATE`: for the viewer who asked. */
  readonly scope: 'PUBLIC' | 'PRIVATE';
};

export const UNCACHEABLE: CachePolicy = { maxAgeSeconds: 0, scope: 'PRIVATE' };

type Rules = { readonly schema: GraphQLSchema; readonly access: AccessRules; readonly hints: CacheHints };

/**
 * The policy of an operation, as Apollo's cache hints define it: as short as its shortest part, private if any part is.
 * Root fields, and objects nobody gave a hint, are not kept; scalars are kept as long as what they belong to. What needs
 * a signed-in viewer is kept only where its own field says so, and then for that viewer. Fields that `@skip` may leave
 * out count, so that a policy holds for all variables.
 */
export function cachePolicyOf({ document, operation }: SelectedOperation, rules: Rules): CachePolicy {
  if (operation.operation !== OperationTypeNode.QUERY) return UNCACHEABLE;
  let maxAgeSeconds = Infinity;
  let scope: CachePolicy['scope'] = 'PUBLIC';
  const types = new TypeInfo(rules.schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        const type = types.getType();
        if (!parent || !type || name.value === '__typename') return;
        const isRoot = parent === rules.schema.getQueryType();
        const named = getNamedType(type);
        for (const owner of withImplementations(parent, rules.schema)) {
          const own = rules.hints.ofField(owner, name.value);
          const isProtected = isGuarded(owner, name.value, { named: named.name, access: rules.access });
          const ofType = isProtected || !isCompositeType(named) ? undefined : rules.hints.ofType(named.name);
          const hint = merged(own, ofType);
          const unsaid = isRoot || isProtected || (isCompositeType(named) && !hint.inherits) ? 0 : Infinity;
          maxAgeSeconds = Math.min(maxAgeSeconds, hint.maxAgeSeconds ?? unsaid);
          if (isProtected || hint.scope === 'PRIVATE') scope = 'PRIVATE';
        }
      },
    }),
  );
  return maxAgeSeconds > 0 && maxAgeSeconds < Infinity ? { maxAgeSeconds, scope } : UNCACHEABLE;
}

/** A field's own hint goes before that of its type. */
function merged(own: CacheHint | undefined, ofType: CacheHint | undefined): CacheHint {
  return {
    maxAgeSeconds: own?.maxAgeSeconds ?? ofType?.maxAgeSeconds,
    scope: own?.scope ?? ofType?.scope,
    inherits: (own?.inherits ?? false) || (ofType?.inherits ?? false),
  };
}

/** A field of an interface is kept no longer than that of any implementation. */
function withImplementations(parent: GraphQLCompositeType, schema: GraphQLSchema): string[] {
  if (!isAbstractType(parent)) return [parent.name];
  return [parent.name, ...schema.getPossibleTypes(parent).map(({ name }) => name)];
}

function isGuarded(
  owner: string,
  field: string,
  { named, access }: { named: string; access: AccessRules },
): boolean {
  return Boolean(access.ofField(owner, field) ?? access.ofType(owner) ?? access.ofType(named));
}
