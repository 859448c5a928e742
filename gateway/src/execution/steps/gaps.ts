import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The first field asked of entities of a type: where a gap shows when the subgraph says nothing. */
export type EntityGap = (typename: unknown) => string | null;

/** The root fields a subgraph is asked for: each is a gap when it says nothing. */
export function rootFields({ definitions }: DocumentNode): FieldNode[] {
  const operation = definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  return fieldsOf(operation?.selectionSet);
}

/** @param entities the `_entities` field */
export function entityGap({ selectionSet }: FieldNode): EntityGap {
  const byType = new Map<string, string>();
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) continue;
    const type = selection.typeCondition.name.value;
    const gap = firstOf(selection.selectionSet);
    if (gap !== null && !byType.has(type)) byType.set(type, gap);
  }
  const any = firstOf(selectionSet);
  return (typename) => byType.get(String(typename)) ?? any;
}

function firstOf(selectionSet: SelectionSetNode | undefined): string | null {
  const field = fieldsOf(selectionSet).find(({ name }) => name.value !== '__typename');
  return field ? keyOf(field) : null;
}

function fieldsOf(selectionSet: SelectionSetNode | undefined): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}

/** The key a field is answered under. */
export function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
