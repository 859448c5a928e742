import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import type { SelectedOperation } from '../planning/select-operation.js';
import type { AccessRules } from '../supergraph/access-rules.js';
import type { CacheHint, CacheHints } from './cache-hints.js';
import { askedTypes, type EntitySelection } from './entity-selection.js';

/** How long the answer of an operation may be kept, and for whom. */
export type CachePolicy = {
  /** 0: not at all. */
  readonly maxAgeSeconds: number;
  /** `PUBLIC`: the same for all who shop; `PRIVATE`: for the viewer who asked. */
  readonly scope: 'PUBLIC' | 'PRIVATE';
};

export const UNCACHEABLE: CachePolicy = { maxAgeSeconds: 0, scope: 'PRIVATE' };

type Rules = { readonly schema: GraphQLSchema; readonly access: AccessRules; readonly hints: CacheHints };

/** How long one part allows, and whether for one viewer only. */
type Limit = { readonly maxAgeSeconds: number; readonly isPrivate: boolean };

/**
 * The policy of an operation, as Apollo's cache hints define it: as short as its shortest part, private if any part is.
 * Root fields, and objects nobody gave a hint, are not kept; scalars are kept as long as what they belong to. What needs
 * a signed-in viewer is kept only where its own field says so, and then for that viewer. Fields that `@skip` may leave
 * out count, so that a policy holds for all variables.
 */
export function cachePolicyOf({ document, operation }: SelectedOperation, rules: Rules): CachePolicy {
  return operation.operation === OperationTypeNode.QUERY ? strictest(limitsIn(document, rules)) : UNCACHEABLE;
}

/**
 * The policy of what a subgraph is asked about entities, by the same rules: what is asked is kept as long as the type
 * says, wherever in an operation the entities are.
 */
export function entityPolicyOf(selection: EntitySelection, rules: Rules): CachePolicy {
  const nodes = [selection.selectionSet, ...selection.fragments.values()];
  return strictest([
    ...askedTypes(selection, rules.schema).flatMap((type) => (type ? limitsOfType(type, rules) : [NOT_KEPT])),
    ...nodes.flatMap((node) => limitsIn(node, rules)),
  ]);
}

const NOT_KEPT: Limit = { maxAgeSeconds: 0, isPrivate: true };

function strictest(limits: readonly Limit[]): CachePolicy {
  const maxAgeSeconds = Math.min(...limits.map((limit) => limit.maxAgeSeconds));
  const scope = limits.some(({ isPrivate }) => isPrivate) ? 'PRIVATE' : 'PUBLIC';
  return maxAgeSeconds > 0 && maxAgeSeconds < Infinity ? { maxAgeSeconds, scope } : UNCACHEABLE;
}

function limitsOfType(type: GraphQLCompositeType, { schema, access, hints }: Rules): Limit[] {
  return withImplementations(type, schema).map((name) => {
    const hint = hints.ofType(name);
    if (access.ofType(name)) return NOT_KEPT;
    return { maxAgeSeconds: hint?.maxAgeSeconds ?? 0, isPrivate: hint?.scope === 'PRIVATE' };
  });
}

/** Of every field below the node. A field the schema does not know is not kept. */
function limitsIn(node: ASTNode, { schema, access, hints }: Rules): Limit[] {
  const limits: Limit[] = [];
  const types = new TypeInfo(schema);
  visit(
    node,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        const type = types.getType();
        if (name.value === '__typename') return;
        if (!parent || !type) {
          limits.push(NOT_KEPT);
          return;
        }
        const isRoot = parent === schema.getQueryType();
        const named = getNamedType(type);
        for (const owner of withImplementations(parent, schema)) {
          const own = hints.ofField(owner, name.value);
          const isProtected = isGuarded(owner, name.value, { named: named.name, access });
          const ofType = isProtected || !isCompositeType(named) ? undefined : hints.ofType(named.name);
          const hint = merged(own, ofType);
          const unsaid = isRoot || isProtected || (isCompositeType(named) && !hint.inherits) ? 0 : Infinity;
          const isPrivate = isProtected || hint.scope === 'PRIVATE';
          limits.push({ maxAgeSeconds: hint.maxAgeSeconds ?? unsaid, isPrivate });
        }
      },
    }),
  );
  return limits;
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
