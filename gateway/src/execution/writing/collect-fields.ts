import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

export type Selections = readonly SelectionSetNode[];

/** Response keys in the order of the answer, each with all its fields. */
export type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>;

export type FieldCollector = (type: GraphQLCompositeType, selections: Selections) => CollectedFields;

/**
 * CollectFields of the GraphQL specification, for one outcome of the operation's conditions. For an object whose type
 * nobody could tell, the type may be an interface: what is asked of all its objects is collected then.
 */
export function createFieldCollector(options: {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  conditions: Readonly<Record<string, unknown>>;
}): FieldCollector {
  const { schema, fragments, conditions } = options;

  const applies = (condition: string | undefined, type: GraphQLCompositeType): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && !isAbstractType(type)
      ? schema.isSubType(wanted, type)
      : isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type);
  };
  const isIncluded = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, conditions)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.['if'] !== false;

  return (type, selections) => {
    const collected = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    const collect = ({ selections: nodes }: SelectionSetNode): void => {
      for (const node of nodes) {
        if (!isIncluded(node)) continue;
        if (node.kind === Kind.FIELD) {
          const key = (node.alias ?? node.name).value;
          collected.set(key, [...(collected.get(key) ?? []), node]);
        } else if (node.kind === Kind.INLINE_FRAGMENT) {
          if (applies(node.typeCondition?.name.value, type)) collect(node.selectionSet);
        } else if (!visited.has(node.name.value)) {
          visited.add(node.name.value);
          const fragment = fragments.get(node.name.value);
          if (fragment && applies(fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
        }
      }
    };
    selections.forEach(collect);
    return collected;
  };
}
