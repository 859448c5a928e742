import {
  isCompositeType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** What a subgraph is asked about entities it is given representations of. */
export type EntitySelection = {
  readonly selectionSet: SelectionSetNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
};

/** What the document of an entity fetch asks of `_entities`. */
export function selectionOf({ definitions }: DocumentNode): EntitySelection {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let selectionSet: SelectionSetNode | undefined;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const [field] = definition.selectionSet.selections;
    if (field?.kind === Kind.FIELD) selectionSet = field.selectionSet;
  }
  if (!selectionSet) throw new TypeError('an entity fetch asks for _entities');
  return { selectionSet, fragments };
}

/** The types entities are asked for as; `null` for one the schema does not know. */
export function askedTypes(
  { selectionSet, fragments }: EntitySelection,
  schema: GraphQLSchema,
): (GraphQLCompositeType | null)[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [];
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    const type = schema.getType(fragment?.typeCondition?.name.value ?? '');
    return [isCompositeType(type) ? type : null];
  });
}
