import {
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import type { AccessRule, AccessRules } from '../supergraph/access-rules.js';

/** A selected field that not everyone may see. */
export type ProtectedField = {
  readonly node: FieldNode;
  readonly rules: readonly AccessRule[];
  /** A field of Query, Mutation or Subscription. */
  readonly isRoot: boolean;
  readonly isNullable: boolean;
};

/**
 * Finds the protected fields of an operation, through fragments, interfaces and unions. A field of an interface is
 * as protected as its most protected implementation: whoever may see only some of them asks with `... on Type`.
 */
export function findProtectedFields(
  document: DocumentNode,
  { schema, access }: { schema: GraphQLSchema; access: AccessRules },
): ProtectedField[] {
  const found: ProtectedField[] = [];
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        const type = types.getType();
        if (!parent || !type) return;
        const rules = [
          ...rulesOf(parent, node.name.value, { schema, access }),
          ...present(access.ofType(getNamedType(type).name)),
        ];
        if (rules.length === 0) return;
        found.push({
          node,
          rules,
          isRoot: isObjectType(parent) && roots.has(parent),
          isNullable: !isNonNullType(type),
        });
      },
    }),
  );
  return found;
}

function rulesOf(
  parent: GraphQLCompositeType,
  fieldName: string,
  { schema, access }: { schema: GraphQLSchema; access: AccessRules },
): AccessRule[] {
  const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  return types.flatMap(({ name }) => [
    ...present(access.ofType(name)),
    ...present(access.ofField(name, fieldName)),
  ]);
}

function present(rule: AccessRule | undefined): AccessRule[] {
  return rule ? [rule] : [];
}
