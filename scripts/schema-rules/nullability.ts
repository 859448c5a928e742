/**
 * Three rules that keep one missing subgraph, or one refused field, from blanking a whole answer: a null in
 * a non-null place travels upwards until something may be null (GraphQL specification, "Handling Execution
 * Errors").
 */
import { Kind } from 'graphql';
import type { Finding } from './finding.js';
import type { Ownership } from './ownership.js';
import {
  hasDirective,
  isItemNullable,
  isRootType,
  keyFieldsOf,
  namedTypeOf,
  type FieldedType,
  type SubgraphView,
} from './subgraph-view.js';

const PROTECTION = ['authenticated', 'requiresScopes', 'policy'];

/** Rule 1: a field you add to an entity you do not own is nullable. */
export function addedFieldsAreNullable(subgraphs: SubgraphView[], owners: Ownership): Finding[] {
  return fieldsOf(subgraphs).flatMap(({ subgraph, type, field }) => {
    if (!isForeign(type.name, { subgraph, owners })) return [];
    const isGiven = keyFieldsOf(type).has(field.name.value) || hasDirective(field, 'external');
    if (isGiven || field.type.kind !== Kind.NON_NULL_TYPE) return [];
    const at = `${subgraph.name} ${type.name}.${field.name.value}`;
    return [
      {
        rule: 'added-fields-are-nullable',
        at,
        message: `added to an entity of ${owners.get(type.name)}, so it must be nullable`,
      },
    ];
  });
}

/** Rule 2: a field typed as a foreign entity, or its list item, is nullable. */
export function foreignEntitiesAreNullable(subgraphs: SubgraphView[], owners: Ownership): Finding[] {
  return fieldsOf(subgraphs).flatMap(({ subgraph, type, field }) => {
    const target = namedTypeOf(field.type);
    const members = [target, ...(subgraph.unions.get(target) ?? [])];
    const foreign = members.find((member) => isForeign(member, { subgraph, owners }));
    if (!foreign || isItemNullable(field.type)) return [];
    const at = `${subgraph.name} ${type.name}.${field.name.value}`;
    return [
      {
        rule: 'foreign-entities-are-nullable',
        at,
        message: `holds ${foreign}, an entity of ${owners.get(foreign)}, so the field or its list item must be nullable`,
      },
    ];
  });
}

/** Rule 3: a protected field that is not a root field is nullable. A protected type protects every field of it. */
export function protectedFieldsAreNullable(subgraphs: SubgraphView[]): Finding[] {
  return fieldsOf(subgraphs).flatMap(({ subgraph, type, field }) => {
    if (isRootType(type.name) || field.type.kind !== Kind.NON_NULL_TYPE) return [];
    const target = subgraph.types.get(namedTypeOf(field.type));
    const isProtected = hasDirective(field, ...PROTECTION) || (target && hasDirective(target, ...PROTECTION));
    if (!isProtected) return [];
    const at = `${subgraph.name} ${type.name}.${field.name.value}`;
    return [{ rule: 'protected-fields-are-nullable', at, message: 'may be refused, so it must be nullable' }];
  });
}

function isForeign(
  typeName: string,
  { subgraph, owners }: { subgraph: SubgraphView; owners: Ownership },
): boolean {
  const owner = owners.get(typeName);
  return owner !== undefined && owner !== subgraph.name;
}

function fieldsOf(subgraphs: SubgraphView[]) {
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].flatMap((type: FieldedType) =>
      type.fields.map((field) => ({ subgraph, type, field })),
    ),
  );
}
